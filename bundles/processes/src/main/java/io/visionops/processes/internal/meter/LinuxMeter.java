package io.visionops.processes.internal.meter;

import io.visionops.support.BootId;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads {@code /proc/PID/stat} alone. OSHI reads four files a process and leaves 130 KB of garbage
 * each time, which at one sample every five seconds is more than the whole way of a frame may cost.
 *
 * <p>Method: proc(5). The start time in ticks since boot is exact, other than wall time, which
 * moves with the clock; the boot id tells the ticks of one boot from those of the next.
 */
public final class LinuxMeter implements Meter {

    private static final Path AUXILIARY_VECTOR = Path.of("/proc/self/auxv");

    /** Keys of the auxiliary vector, getauxval(3). */
    private static final long AT_PAGESZ = 6;

    private static final long AT_CLKTCK = 17;

    /** Numbers of fields in proc(5), less the two before the state: pid and name. */
    private static final int UTIME = 12;

    private static final int STIME = 13;
    private static final int STARTTIME = 20;
    private static final int RSS = 22;

    private final String boot;
    private final long pageBytes;
    private final long tickNanos;

    LinuxMeter() {
        try {
            boot = BootId.read().orElseThrow(() -> new IOException("no boot id"));
            pageBytes = auxiliary(AT_PAGESZ, 4096);
            tickNanos = 1_000_000_000L / auxiliary(AT_CLKTCK, 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isUsable() {
        return Files.isReadable(Path.of("/proc/self/stat")) && BootId.read().isPresent();
    }

    @Override
    public Optional<Reading> read(long pid) {
        byte[] text = new byte[1024];
        int length;
        try (FileInputStream file = new FileInputStream("/proc/" + pid + "/stat")) {
            length = file.read(text);
        } catch (IOException e) {
            // Only "no such process" means dead. To ask for that takes no descriptor.
            if (Files.notExists(Path.of("/proc/" + pid))) {
                return Optional.empty();
            }
            throw new UnreadableException("process " + pid + " cannot be read", e);
        }
        return parse(text, length);
    }

    private Optional<Reading> parse(byte[] text, int length) {
        // The name is in parentheses and may itself hold some, so the last one closes it.
        int at = length - 1;
        while (at >= 0 && text[at] != ')') {
            at--;
        }
        if (at < 0 || at + 2 >= length) {
            return Optional.empty();
        }
        byte state = text[at + 2];
        if (state == 'Z' || state == 'X') {
            return Optional.empty();
        }
        long cpuTicks = 0;
        long start = 0;
        int field = 1;
        long value = 0;
        for (at += 3; at < length; at++) {
            byte c = text[at];
            if (c >= '0' && c <= '9') {
                value = value * 10 + (c - '0');
            } else if (c == ' ') {
                if (field == UTIME || field == STIME) {
                    cpuTicks += value;
                } else if (field == STARTTIME) {
                    start = value;
                } else if (field == RSS) {
                    return Optional.of(
                            new Reading(
                                    boot + "/" + start, value * pageBytes, cpuTicks * tickNanos));
                }
                field++;
                value = 0;
            }
        }
        return Optional.empty();
    }

    private static long auxiliary(long key, long otherwise) throws IOException {
        ByteBuffer pairs =
                ByteBuffer.wrap(Files.readAllBytes(AUXILIARY_VECTOR))
                        .order(ByteOrder.nativeOrder());
        while (pairs.remaining() >= 2 * Long.BYTES) {
            long found = pairs.getLong();
            long value = pairs.getLong();
            if (found == key && value > 0) {
                return value;
            }
        }
        return otherwise;
    }
}
