package io.visionops.health.internal.trend;

import io.visionops.api.subject.Subject;
import io.visionops.health.internal.machine.MemoryKind;
import io.visionops.health.internal.machine.MemorySample;
import io.visionops.health.internal.machine.MemorySample.Amount;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;

/** A program one of whose components leaks native memory, and what its trends say of that. */
public final class LeakingProgram {

    private static final long MB = 1_000_000;
    private static final long START = 200 * MB;
    private static final long BYTES_AN_HOUR = 120 * MB;
    private static final Duration LOOK = Duration.ofSeconds(20);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final long startedAt = clock.nanos();
    private final TrendSettings settings = TrendSettings.defaults();
    private final TrendWatch watch =
            new TrendWatch(() -> Optional.of(sample()), OptionalLong::empty, Duration.ZERO, clock);
    private long bytes = START;
    private boolean leaks = true;

    /** Goes on until the next look of the checks. */
    public void goOn() {
        clock.advance(LOOK);
        if (leaks) {
            bytes += BYTES_AN_HOUR / Duration.ofHours(1).dividedBy(LOOK);
        }
        watch.look();
    }

    /** Since the program was started. */
    public Duration now() {
        return Duration.ofNanos(clock.nanos() - startedAt);
    }

    /** What the check of growing memory says. */
    public Result check() {
        FormattingResultLog log = new FormattingResultLog();
        TrendJudge.growth(watch.look(), settings, log);
        return new Result(log);
    }

    /** As {@link TrendComponent#isRecycledBy}. */
    public boolean isRecycledBy(Subject subject) {
        return watch.look().growths().stream()
                .filter(one -> one.bytesAnHour() >= settings.growth().critical())
                .anyMatch(one -> one.owner().isRecycledBy(subject));
    }

    /**
     * Something was made anew and has given its memory back.
     *
     * @param cured it was what leaked
     */
    public void recycled(boolean cured) {
        bytes = START;
        leaks &= !cured;
        watch.unsettle();
    }

    private MemorySample sample() {
        return new MemorySample(
                Map.of(MemoryKind.NATIVE, new Amount(bytes, 0)),
                List.of(),
                new Amount(bytes, 6_000 * MB));
    }
}
