package io.visionops.ingest.internal.camera;

import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.frame.FrameRing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether there is memory for one camera more: to be found out when it is added, and not when its
 * frames come, at the expense of all. Stateless but for what it asks the system.
 *
 * @param frames bytes for frames of all cameras; they lie outside of Java's heap
 * @param available bytes that programs may still have on this computer
 */
public record MemoryBudget(long frames, LongSupplier available) {

    /** For what else lies outside of the heap. */
    private static final double SHARE = 15.0 / 16;

    /** Of a decoder of 1080p, measured; one of 4K has 120 MB. */
    private static final long DECODER = 45_000_000;

    private static final double MEGABYTE = 1_000_000;

    private static final String OPTION = "-XX:MaxDirectMemorySize=";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kKmMgGtT]?)");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d{1,15}) kB");

    /** Of this Java and this computer. */
    public static MemoryBudget ofThisMachine() {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        long most = directMemory(options, Runtime.getRuntime().maxMemory());
        return new MemoryBudget((long) (most * SHARE), MemoryBudget::availableNow);
    }

    /**
     * @param heap bytes at most; as many Java allows where nothing is said
     */
    static long directMemory(List<String> options, long heap) {
        long most = heap;
        for (String option : options) {
            Matcher size = SIZE.matcher(option.replace(OPTION, ""));
            if (option.startsWith(OPTION) && size.matches()) {
                int power = "kmgt".indexOf(size.group(2).toLowerCase(Locale.ROOT));
                long unit = size.group(2).isEmpty() ? 1 : 1L << 10 * (power + 1);
                most = Long.parseLong(size.group(1)) * unit;
            }
        }
        return most;
    }

    private static long availableNow() {
        try {
            return Files.readAllLines(MEMORY).stream()
                    .map(AVAILABLE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> Long.parseLong(line.group(1)) * 1024)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            // Not every system tells.
            return Long.MAX_VALUE;
        }
    }

    /** How high its pictures are is known when they come; most are 16:9. */
    private static long bytes(DecoderSettings plan) {
        Size usual = new Size(plan.width(), plan.width() * 9 / 16);
        return (long) FrameRing.slots(plan.fps()) * usual.bytes();
    }

    /**
     * @param others that have their frames already
     * @throws Refused when those of this one do not fit beside them
     */
    void reserve(DecoderSettings wanted, Collection<DecoderSettings> others) throws InvalidSetting {
        long left = frames - others.stream().mapToLong(MemoryBudget::bytes).sum();
        if (bytes(wanted) > left) {
            throw new InvalidSetting(
                    String.format(
                            Locale.ROOT,
                            "the frames of this camera need %.0f MB, and %.0f of %.0f MB are left"
                                    + " for them: lower detect.width or detect.fps, of others"
                                    + " too, or give VisionOps more in VISIONOPS_JAVA_OPTS, such"
                                    + " as %s%dm",
                            bytes(wanted) / MEGABYTE,
                            Math.max(0, left) / MEGABYTE,
                            frames / MEGABYTE,
                            OPTION,
                            (int) Math.ceil(2 * frames / SHARE / (1 << 20))));
        }
    }

    /**
     * @param starting decoders that have yet to start
     * @throws Refused when there is no memory for one more
     */
    void reserveDecoder(long starting) throws InvalidSetting {
        long left = available.getAsLong() - starting * DECODER;
        if (left < DECODER) {
            throw new InvalidSetting(
                    String.format(
                            Locale.ROOT,
                            "the decoder of this camera needs about %.0f MB, and %.0f MB are left"
                                    + " on this computer: end other programs, disable other"
                                    + " cameras, or add memory",
                            DECODER / MEGABYTE,
                            Math.max(0, left) / MEGABYTE));
        }
    }
}
