package io.visionops.security.internal.audit;

import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.verify.Evidence.Copy;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file with copies of checkpoints, one a line, in a folder that is not the log's: who rolls the
 * log back and not this is found out. For one thread at a time.
 */
public final class CheckpointCopies {

    /** Some months of them. */
    private static final int MOST = 4_000;

    private static final int KEPT = 3_000;

    private final Path file;

    public CheckpointCopies(Path file) {
        this.file = file;
    }

    void add(Checkpoint checkpoint) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        List<String> lines = lines();
        if (lines.size() >= MOST) {
            String text =
                    lines.subList(lines.size() - KEPT, lines.size()).stream()
                            .map(line -> line + "\n")
                            .collect(Collectors.joining());
            WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8), true);
        }
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            // A power cut may have left half a line: this one begins on its own.
            String text = (channel.size() == 0 ? "" : "\n") + checkpoint.text() + "\n";
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(false);
        }
    }

    private List<String> lines() throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                        .filter(line -> !line.isBlank())
                        .toList()
                : List.of();
    }

    /** All of them; what is half written is left out. */
    public List<Copy> read() throws IOException {
        List<Copy> copies = new ArrayList<>();
        for (String line : lines()) {
            Optional<Checkpoint> checkpoint = Checkpoint.parse(line);
            checkpoint.ifPresent(one -> copies.add(new Copy(one, file.toString())));
        }
        return copies;
    }
}
