package io.visionops.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** What this run has written to the log: where else would be said why it did not come up? */
final class StartLog {

    private static final int MOST = 1 << 20;

    private final DataFolder data;
    private final long offset;

    /** From now on. */
    StartLog(DataFolder data) {
        this.data = data;
        long size = 0;
        try {
            size = Files.size(data.systemLog());
        } catch (IOException absent) {
            size = 0;
        }
        offset = size;
    }

    /** The first error of this run, else what Java said first, in one line. */
    String reason() {
        return firstError().orElseGet(this::firstOfConsole);
    }

    private java.util.Optional<String> firstError() {
        try (RandomAccessFile log = new RandomAccessFile(data.systemLog().toFile(), "r")) {
            log.seek(Math.min(offset, log.length()));
            byte[] bytes = new byte[(int) Math.min(MOST, log.length() - log.getFilePointer())];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(" ERROR "))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(" ERROR ") + 7).strip());
        } catch (IOException absent) {
            return java.util.Optional.empty();
        }
    }

    private String firstOfConsole() {
        try (java.util.stream.Stream<String> lines = Files.lines(data.consoleLog())) {
            return lines.filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse("see " + data.systemLog());
        } catch (IOException | java.io.UncheckedIOException absent) {
            return "see " + data.systemLog();
        }
    }
}
