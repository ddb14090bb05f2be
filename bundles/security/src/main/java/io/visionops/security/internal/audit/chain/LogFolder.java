package io.visionops.security.internal.audit.chain;

import io.visionops.support.PrivateFile;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a log: {@code audit-FIRST_LINE.log}, {@code head} and {@code device.pub}. */
public final class LogFolder {

    private static final Pattern SEGMENT = Pattern.compile("audit-(\\d{12})\\.log");

    private final Path folder;

    /** Its files, where they are to stay the same. */
    private final Optional<List<Path>> fixed;

    public LogFolder(Path folder) {
        this(folder, Optional.empty());
    }

    private LogFolder(Path folder, Optional<List<Path>> fixed) {
        this.folder = folder;
        this.fixed = fixed;
    }

    /** The folder with the files that it has now: one that goes meanwhile fails to be read. */
    public LogFolder asOfNow() throws IOException {
        return new LogFolder(folder, Optional.of(segments()));
    }

    void create() throws IOException {
        PrivateFile.makeFolder(folder);
    }

    public Path path() {
        return folder;
    }

    public Path segment(long firstSeq) {
        return folder.resolve(String.format(Locale.ROOT, "audit-%012d.log", firstSeq));
    }

    public Path head() {
        return folder.resolve("head");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    /** The public key of the device, for who has no copy of it. */
    public Path publicKey() {
        return folder.resolve("device.pub");
    }

    /** In the order of their lines. */
    public List<Path> segments() throws IOException {
        if (fixed.isPresent()) {
            return fixed.get();
        }
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> number(file).isPresent()).sorted().toList();
        }
    }

    private static Optional<String> number(Path file) {
        Matcher matcher = SEGMENT.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Gives each line to a reader, until it wants no more. */
    public void read(LineReader reader) throws IOException {
        for (Path segment : segments()) {
            if (!read(segment, reader)) {
                return;
            }
        }
    }

    /** Likewise, of one file; returns whether the reader wants more. */
    public static boolean read(Path segment, LineReader reader) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        int from = 0;
        for (int to = 0; to < bytes.length; to++) {
            if (bytes[to] == '\n') {
                if (!reader.line(bytes, from, to)) {
                    return false;
                }
                from = to + 1;
            }
        }
        if (from < bytes.length) {
            reader.torn(segment, bytes, from);
        }
        return true;
    }

    /** Takes the lines of a log, one after another. */
    public interface LineReader {
        /** Returns whether it wants more. */
        boolean line(byte[] bytes, int from, int to) throws IOException;

        /** What follows the last line of a segment. */
        default void torn(Path segment, byte[] bytes, int from) throws IOException {}
    }

    void writePublicKey(DevicePublicKey key) throws IOException {
        WholeFile.write(publicKey(), key.pem().getBytes(StandardCharsets.US_ASCII), true);
    }
}
