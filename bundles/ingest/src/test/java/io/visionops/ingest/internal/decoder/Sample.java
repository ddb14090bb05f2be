package io.visionops.ingest.internal.decoder;

import io.visionops.api.camera.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the decoder said of one fault, kept as a file: a head of {@code key: value}, an empty line,
 * and the last lines of standard error as the process service keeps them.
 *
 * @param fault in plain words
 * @param server what was connected to
 * @param permanent whether somebody has to correct something
 * @param exit the exit code
 * @param streamed whether pictures had come
 * @param ended whether it ended by itself; otherwise the watch ended it for its silence
 */
record Sample(
        String name,
        String fault,
        String server,
        Cause cause,
        boolean permanent,
        int exit,
        boolean streamed,
        boolean ended,
        List<String> lines) {

    static final Path FOLDER =
            Path.of("src/test/resources/io/visionops/ingest/internal/decoder/samples");

    private static final String SUFFIX = ".txt";

    static Stream<Sample> all() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FOLDER)) {
            files = found.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
        List<Sample> samples = new ArrayList<>();
        for (Path file : files) {
            samples.add(read(file));
        }
        return samples.stream();
    }

    private static Sample read(Path file) throws IOException {
        List<String> text = Files.readAllLines(file);
        int empty = text.indexOf("");
        Map<String, String> head = new HashMap<>();
        for (String line : text.subList(0, empty)) {
            int colon = line.indexOf(": ");
            head.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return new Sample(
                file.getFileName().toString().replace(SUFFIX, ""),
                head.getOrDefault("fault", ""),
                head.getOrDefault("server", ""),
                Cause.valueOf(head.getOrDefault("cause", "")),
                Boolean.parseBoolean(head.get("permanent")),
                Integer.parseInt(head.getOrDefault("exit", "")),
                Boolean.parseBoolean(head.get("streamed")),
                Boolean.parseBoolean(head.get("ended")),
                List.copyOf(text.subList(empty + 1, text.size())));
    }

    void write() throws IOException {
        List<String> text = new ArrayList<>();
        text.add("fault: " + fault);
        text.add("server: " + server);
        text.add("cause: " + cause);
        text.add("permanent: " + permanent);
        text.add("exit: " + exit);
        text.add("streamed: " + streamed);
        text.add("ended: " + ended);
        text.add("");
        text.addAll(lines);
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve(name + SUFFIX), text);
    }

    @Override
    public String toString() {
        return name;
    }
}
