package io.visionops.health.internal.machine;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Bytes of memory that the Java process occupies. On Linux they are read from {@code
 * /proc/self/status} alone: OSHI reads four files for them and leaves 170 KB of garbage. Used by
 * one thread.
 */
final class ResidentMemory implements LongSupplier {

    private static final Path STATUS = Path.of("/proc/self/status");

    private static final byte[] NAME = "\nVmRSS:".getBytes(StandardCharsets.US_ASCII);

    private final Path status;
    private final LongSupplier elsewhere;
    private final byte[] text = new byte[4096];

    /**
     * @param elsewhere asked where the system does not show the file
     */
    static LongSupplier orElse(LongSupplier elsewhere) {
        return Files.isReadable(STATUS) ? new ResidentMemory(STATUS, elsewhere) : elsewhere;
    }

    ResidentMemory(Path status, LongSupplier elsewhere) {
        this.status = status;
        this.elsewhere = elsewhere;
    }

    @Override
    public long getAsLong() {
        int length;
        try (FileInputStream file = new FileInputStream(status.toFile())) {
            length = file.read(text);
        } catch (IOException e) {
            return elsewhere.getAsLong();
        }
        for (int at = 0; at + NAME.length < length; at++) {
            if (isName(at)) {
                return 1024 * number(at + NAME.length, length);
            }
        }
        return elsewhere.getAsLong();
    }

    private boolean isName(int at) {
        for (int i = 0; i < NAME.length; i++) {
            if (text[at + i] != NAME[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int length) {
        long value = 0;
        for (int at = from; at < length && text[at] != '\n'; at++) {
            if (text[at] >= '0' && text[at] <= '9') {
                value = 10 * value + text[at] - '0';
            }
        }
        return value;
    }
}
