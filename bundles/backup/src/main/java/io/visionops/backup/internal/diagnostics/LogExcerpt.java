package io.visionops.backup.internal.diagnostics;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which files of the folder of the logs are taken along, and how much of each. */
final class LogExcerpt {

    private static final Duration DAYS = Duration.ofDays(7);
    private static final long MOST = 24L << 20;
    private static final long OF_ONE = 10L << 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}\\.(log|jsonl|txt)");

    private final Path folder;

    LogExcerpt(Path folder) {
        this.folder = folder;
    }

    /**
     * The end of a file.
     *
     * @param skipped bytes before it that are not taken along
     */
    record Part(Path file, long skipped) {

        String name() {
            return file.getFileName().toString();
        }

        /** From a whole line on. */
        String read() throws IOException {
            try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "r")) {
                all.seek(skipped);
                byte[] bytes = new byte[(int) Math.min(OF_ONE, all.length() - skipped)];
                all.readFully(bytes);
                String text = new String(bytes, StandardCharsets.UTF_8);
                return skipped == 0 ? text : text.substring(text.indexOf('\n') + 1);
            }
        }
    }

    /** The newest first. */
    List<Part> parts(Instant now) throws IOException {
        List<Part> parts = new ArrayList<>();
        long left = MOST;
        for (Path file : newestFirst(now)) {
            long size = Files.size(file);
            long taken = Math.min(Math.min(size, OF_ONE), left);
            if (taken > 0) {
                parts.add(new Part(file, size - taken));
                left -= taken;
            }
        }
        return parts;
    }

    private List<Path> newestFirst(Instant now) throws IOException {
        record Dated(Path file, Instant changed) {}
        List<Dated> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Instant changed = Files.getLastModifiedTime(file).toInstant();
                if (Files.isRegularFile(file)
                        && NAME.matcher(file.getFileName().toString()).matches()
                        && changed.isAfter(now.minus(DAYS))) {
                    files.add(new Dated(file, changed));
                }
            }
        }
        return files.stream()
                .sorted(Comparator.comparing(Dated::changed).reversed())
                .map(Dated::file)
                .toList();
    }
}
