package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/** What this run has written to the log: where else would be said why it did not come up? */
final class StartLog {

    /** Of Java with ExitOnOutOfMemoryError. */
    private static final int OUT_OF_HEAP = 3;

    /**
     * Of VisionOps when the machine is out of threads, direct memory or stack: docs/operations.md.
     */
    private static final int MACHINE_ERROR = 71;

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
        return firstError(" ERROR ").orElseGet(() -> firstOfConsole(""));
    }

    /** Why it ended with this status, in one line. */
    String reason(int status) {
        return switch (status) {
            // The line is Java's own.
            case OUT_OF_HEAP -> firstOfConsole("Terminating due to");
            case MACHINE_ERROR ->
                    firstError("program ends with status " + MACHINE_ERROR).orElseGet(this::reason);
            default -> reason();
        };
    }

    private Optional<String> firstError(String what) {
        try (RandomAccessFile log = new RandomAccessFile(data.systemLog().toFile(), "r")) {
            log.seek(Math.min(offset, log.length()));
            byte[] bytes = new byte[(int) Math.min(MOST, log.length() - log.getFilePointer())];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(" ERROR ") && line.contains(what))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(" ERROR ") + 7).strip());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private String firstOfConsole(String start) {
        try (java.util.stream.Stream<String> lines = Files.lines(data.consoleLog())) {
            return lines.filter(line -> !line.isBlank() && line.startsWith(start))
                    .findFirst()
                    .orElse("see " + data.systemLog());
        } catch (IOException | java.io.UncheckedIOException absent) {
            return "see " + data.systemLog();
        }
    }
}
