package io.visionops.health.internal.round;

import static java.util.stream.Collectors.toSet;

import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthResult;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs all checks and publishes what they said. {@link #run} is called by one thread; whoever reads
 * waits for nothing.
 */
public final class HealthRounds implements HealthMonitor {

    /** As many intervals without a round, and no less than {@link #LEAST}, are too many. */
    private static final int MISSED = 3;

    private static final Duration LEAST = Duration.ofSeconds(20);

    /** Calls are no more exact. */
    private static final Duration EARLY = Duration.ofMillis(500);

    private static final Comparator<HealthNode> WORST_FIRST =
            Comparator.comparing(HealthNode::status).reversed().thenComparing(HealthNode::name);

    private final Steps steps;
    private final Clock clock;
    private final Ticker ticker;
    private final CheckHistory history = new CheckHistory();
    private volatile Duration interval;
    private volatile @Nullable HealthReport latest;
    private volatile long endedAt;

    /** Whoever has changed the settings wants to see what comes of it. */
    private volatile boolean asked;

    private long round;
    private long startedAt;

    /**
     * What a round does.
     *
     * @param checks runs them
     * @param expected adds what has to be there and said nothing
     * @param times since when
     * @param tree puts what a cause explains below it
     * @param changed told of each check that has another status; must not block
     * @param reported told of each report; must not block
     */
    public record Steps(
            Supplier<List<CheckResult>> checks,
            UnaryOperator<List<CheckResult>> expected,
            StatusTimes times,
            UnaryOperator<List<HealthNode>> tree,
            Consumer<StatusChange> changed,
            Consumer<List<CheckResult>> reported) {}

    public HealthRounds(Steps steps, Duration interval, Clock clock, Ticker ticker) {
        this.steps = steps;
        this.interval = interval;
        this.clock = clock;
        this.ticker = ticker;
        this.endedAt = ticker.nanos();
    }

    /** From one round to the next, from now on; the next is due at once. */
    public void setInterval(Duration interval) {
        this.interval = interval;
        asked = true;
    }

    /**
     * One round, if it is time: an interval after the last, or at once while something is away that
     * may be back. To be called a few times in an interval.
     */
    public void runIfDue() {
        HealthReport last = latest;
        if (last == null
                || asked
                || ticker.nanos() - startedAt >= interval.minus(EARLY).toNanos()
                || isPassing(last.checks())) {
            run();
        }
    }

    private static boolean isPassing(List<HealthNode> nodes) {
        return nodes.stream()
                .anyMatch(
                        node ->
                                node.status() == HealthStatus.TEMPORARILY_UNAVAILABLE
                                        || isPassing(node.children()));
    }

    /** One round. */
    public void run() {
        asked = false;
        startedAt = ticker.nanos();
        List<CheckResult> results = steps.expected().apply(steps.checks().get());
        Instant now = clock.instant();
        List<HealthNode> nodes = new ArrayList<>();
        for (CheckResult result : results) {
            history.add(result, now);
            nodes.add(node(result, now));
        }
        steps.times().retain(results.stream().map(CheckResult::name).collect(toSet()));
        round++;
        latest =
                new HealthReport(
                        worst(results, result -> true),
                        now,
                        round,
                        worst(results, HealthRounds::isOfLife),
                        worst(results, result -> result.tags().contains(CheckResult.READY)),
                        steps.tree().apply(nodes).stream().sorted(WORST_FIRST).toList());
        endedAt = ticker.nanos();
        steps.reported().accept(results);
    }

    private HealthNode node(CheckResult result, Instant now) {
        Optional<HealthStatus> before =
                steps.times().before(result.name()).map(StatusTimes.Since::status);
        if (before.isEmpty() || before.get() != result.status()) {
            steps.changed().accept(new StatusChange(result, before, now));
        }
        return new HealthNode(
                result.name(),
                result.part(),
                result.status(),
                result.cause(),
                steps.times().since(result.name(), result.status(), now),
                result.isWell() ? "" : result.remedy(),
                List.of());
    }

    /** A check that fails by itself is no reason to restart. */
    private static boolean isOfLife(CheckResult result) {
        return result.tags().contains(CheckResult.LIVE)
                && result.status() != HealthStatus.HEALTH_CHECK_ERROR;
    }

    private static HealthStatus worst(List<CheckResult> results, Predicate<CheckResult> of) {
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
