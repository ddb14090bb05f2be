package io.visionops.ingest.internal.camera;

import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What the next holder of a running decoder must know: its header was read long ago. A small file
 * that lives for the seconds of a swap.
 *
 * @param pid of the decoder, so that an old file is not believed
 * @param sequence of the last frame
 * @param passed frames of the file that have been passed on, when it is read {@code asap}
 * @param started when the first frame was captured; times of a file read {@code asap} count from it
 */
record Handover(long pid, Size size, long sequence, long passed, Instant started) {

    void write(Path folder, String camera) throws IOException {
        Properties text = new Properties();
        text.setProperty("pid", String.valueOf(pid));
        text.setProperty("width", String.valueOf(size.width()));
        text.setProperty("height", String.valueOf(size.height()));
        text.setProperty("sequence", String.valueOf(sequence));
        text.setProperty("passed", String.valueOf(passed));
        text.setProperty("started", started.toString());
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, camera, ".new");
        try (Writer writer = Files.newBufferedWriter(temporary)) {
            text.store(writer, null);
        }
        Files.move(temporary, file(folder, camera), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reads it once; empty when there is none, it is damaged, or it is about another process. */
    static Optional<Handover> take(Path folder, String camera, long pid) {
        Properties text = new Properties();
        try {
            Path file = file(folder, camera);
            try (Reader reader = Files.newBufferedReader(file)) {
                text.load(reader);
            }
            Files.delete(file);
            Handover found =
                    new Handover(
                            Long.parseLong(text.getProperty("pid", "")),
                            new Size(
                                    Integer.parseInt(text.getProperty("width", "")),
                                    Integer.parseInt(text.getProperty("height", ""))),
                            Long.parseLong(text.getProperty("sequence", "")),
                            Long.parseLong(text.getProperty("passed", "")),
                            Instant.parse(text.getProperty("started", "")));
            return found.pid == pid ? Optional.of(found) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Path file(Path folder, String camera) {
        return folder.resolve(camera + ".handover");
    }
}
