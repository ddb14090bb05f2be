package io.visionops.health.internal.trend;

import io.visionops.api.time.Ticker;
import io.visionops.health.internal.machine.MemorySample;
import io.visionops.health.internal.trend.TrendReport.Exhaustion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a sample of memory and disk each minute and says what grows. Thread-safe. */
final class TrendWatch {

    /** What a forecast of it is of. */
    static final String DISK = "disk";

    static final Duration EVERY = Duration.ofMinutes(1);

    /** A disk is filled more slowly, and by what runs at certain hours. */
    static final History.Spans DISK_SPANS =
            new History.Spans(Duration.ofHours(3), Duration.ofHours(24));

    private static final Duration DISK_EVERY = Duration.ofMinutes(5);

    private final Supplier<Optional<MemorySample>> memory;
    private final Supplier<OptionalLong> diskFree;
    private final Ticker ticker;
    private final long startedAt;

    /** Guarded by "this". */
    private final MemoryTrend trend = new MemoryTrend();

    /** What is free, negated, so that it grows as memory does. Guarded by "this". */
    private final History disk = new History(DISK_SPANS);

    /** Guarded by "this". */
    private @Nullable Duration lastAt;

    /** Guarded by "this". */
    private @Nullable Duration diskAt;

    /** Guarded by "this". */
    private TrendReport report =
            new TrendReport(List.of(), MemoryTrend.OBSERVATION, false, List.of());

    /**
     * @param up for how long the program has run
     */
    TrendWatch(
            Supplier<Optional<MemorySample>> memory,
            Supplier<OptionalLong> diskFree,
            Duration up,
            Ticker ticker) {
        this.memory = memory;
        this.diskFree = diskFree;
        this.ticker = ticker;
        this.startedAt = ticker.nanos() - up.toNanos();
    }

    /** A part was swapped, or what grew was made anew: the Java process has to settle. */
    synchronized void unsettle() {
        trend.unsettle(now());
        // What was said of it is over.
        lastAt = null;
    }

    /** To be called a few times a minute. */
    synchronized TrendReport look() {
        Duration now = now();
        Optional<MemorySample> sample = isDue(lastAt, EVERY, now) ? memory.get() : Optional.empty();
        if (sample.isPresent()) {
            lastAt = now;
            trend.add(sample.get(), now);
            List<Exhaustion> ends = new ArrayList<>(trend.exhaustions(sample.get(), now));
            full(diskFree.get(), now).ifPresent(ends::add);
            report =
                    new TrendReport(
                            trend.growths(now),
                            trend.untilJudged(now),
                            disk.growth(now).isPresent(),
                            ends);
        }
        return report;
    }

    /** Guarded by "this". */
    private Optional<Exhaustion> full(OptionalLong free, Duration now) {
        if (free.isEmpty()) {
            return Optional.empty();
        }
        if (isDue(diskAt, DISK_EVERY, now)) {
            diskAt = now;
            disk.add(now, -free.getAsLong());
        }
        return Exhaustion.of(
                DISK, "the disk of the data folder", disk.growth(now), free.getAsLong());
    }

    private static boolean isDue(@Nullable Duration last, Duration every, Duration now) {
        return last == null || now.minus(last).compareTo(every) >= 0;
    }

    private Duration now() {
        return Duration.ofNanos(ticker.nanos() - startedAt);
    }
}
