package io.visionops.ingest.internal.stream;

import io.visionops.support.TheilSen;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a decoder's memory grows for good: the median slope of all pairs of samples (Theil, Sen),
 * which one wild sample does not move, or an absolute limit. Guarded by the camera's lock.
 */
public final class MemoryWatch {

    /** Buffers are filled in the first minutes. */
    private static final Duration SETTLING = Duration.ofMinutes(5);

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MOST = 60;

    /** A slope over less says nothing. */
    private static final int LEAST = 30;

    private static final double MEGABYTE = 1_000_000;

    /**
     * When a decoder is replaced.
     *
     * @param bytes it has, at most
     * @param growth bytes an hour, at most
     */
    public record Limits(long bytes, long growth) {}

    private record Sample(long nanos, long bytes) {}

    private final Supplier<Limits> limits;
    private final long began;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * @param limits may change
     */
    MemoryWatch(Supplier<Limits> limits, long now) {
        this.limits = limits;
        this.began = now;
    }

    /**
     * Takes a sample; may come as often as one likes.
     *
     * @param bytes resident; 0 while it is not known
     * @return why the decoder should be replaced
     */
    Optional<String> sample(long now, long bytes) {
        Limits allowed = limits.get();
        if (bytes > allowed.bytes()) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "its decoder has %.0f MB, %.0f are allowed",
                            bytes / MEGABYTE,
                            allowed.bytes() / MEGABYTE));
        }
        boolean settled = now - began >= SETTLING.toNanos();
        Sample last = samples.peekLast();
        boolean due = last == null || now - last.nanos() >= INTERVAL.toNanos();
        if (!settled || !due || bytes == 0) {
            return Optional.empty();
        }
        samples.addLast(new Sample(now, bytes));
        if (samples.size() > MOST) {
            samples.removeFirst();
        }
        double slope = samples.size() < LEAST ? 0 : slope();
        return slope <= allowed.growth()
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "its decoder grows by %.0f MB an hour",
                                slope / MEGABYTE));
    }

    /** Bytes an hour. */
    private double slope() {
        double[] hours =
                samples.stream().mapToDouble(one -> (one.nanos() - began) / 3.6e12).toArray();
        double[] bytes = samples.stream().mapToDouble(Sample::bytes).toArray();
        return TheilSen.slope(hours, bytes);
    }
}
