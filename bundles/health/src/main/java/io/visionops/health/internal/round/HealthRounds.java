package io.visionops.health.internal.round;

import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthResult;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs all checks and publishes what they said. {@link #run} is called by one thread; whoever reads
 * waits for nothing.
 */
public final class HealthRounds implements HealthMonitor {

    /** As many intervals without a round, and no less than {@link #LEAST}, are too many. */
    private static final int MISSED = 3;

    private static final Duration LEAST = Duration.ofSeconds(20);

    private final Supplier<List<CheckResult>> checks;
    private final Clock clock;
    private final Ticker ticker;
    private final StatusTimes times = new StatusTimes();
    private final CheckHistory history = new CheckHistory();
    private volatile Duration interval;
    private volatile @Nullable HealthReport latest;
    private volatile long endedAt;
    private long round;

    public HealthRounds(
            Supplier<List<CheckResult>> checks, Duration interval, Clock clock, Ticker ticker) {
        this.checks = checks;
        this.interval = interval;
        this.clock = clock;
        this.ticker = ticker;
        this.endedAt = ticker.nanos();
    }

    /** From one round to the next, from now on. */
    public void setInterval(Duration interval) {
        this.interval = interval;
    }

    /** One round. */
    public void run() {
        List<CheckResult> results = checks.get();
        Instant now = clock.instant();
        results.forEach(result -> history.add(result, now));
        List<HealthNode> nodes =
                results.stream()
                        .map(result -> node(result, now))
                        .sorted(
                                Comparator.comparing(HealthNode::status)
                                        .reversed()
                                        .thenComparing(HealthNode::name))
                        .toList();
        round++;
        latest =
                new HealthReport(
                        worst(results, result -> true),
                        now,
                        round,
                        worst(results, result -> result.tags().contains(CheckResult.LIVE)),
                        worst(results, result -> result.tags().contains(CheckResult.READY)),
                        nodes);
        endedAt = ticker.nanos();
    }

    private HealthNode node(CheckResult result, Instant now) {
        return new HealthNode(
                result.name(),
                result.part(),
                result.status(),
                result.cause(),
                times.since(result.name(), result.status(), now),
                result.isWell() ? "" : result.remedy(),
                List.of());
    }

    private static HealthStatus worst(
            List<CheckResult> results, java.util.function.Predicate<CheckResult> of) {
        return results.stream()
                .filter(of)
                .map(CheckResult::status)
                .reduce(HealthStatus.OK, HealthStatus::or);
    }

    @Override
    public Optional<HealthReport> report() {
        return Optional.ofNullable(latest);
    }

    @Override
    public boolean isOverdue() {
        Duration allowed = interval.multipliedBy(MISSED);
        Duration limit = allowed.compareTo(LEAST) < 0 ? LEAST : allowed;
        return ticker.nanos() - endedAt > limit.toNanos();
    }

    @Override
    public List<HealthResult> history(String check) {
        return history.of(check);
    }
}
