package io.visionops.health.internal.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthResult;
import io.visionops.api.health.HealthStatus;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthRoundsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private List<CheckResult> results = List.of();
    private final List<StatusChange> changes = new ArrayList<>();
    private final HealthRounds rounds =
            new HealthRounds(
                    new HealthRounds.Steps(
                            () -> results,
                            said -> said,
                            new StatusTimes(Map.of()),
                            nodes -> nodes,
                            changes::add,
                            all -> {}),
                    INTERVAL,
                    clock,
                    clock);

    private static CheckResult result(String name, HealthStatus status, String... tags) {
        return new CheckResult(
                name,
                CheckResult.partOf(name),
                Set.of(tags),
                status,
                status + " of " + name,
                "look at it",
                Duration.ofMillis(3));
    }

    private HealthReport round(CheckResult... found) {
        results = List.of(found);
        rounds.run();
        HealthReport report = rounds.report().orElseThrow();
        clock.advance(INTERVAL);
        return report;
    }

    @Test
    void theWorstCheckIsTheStatusAndStandsFirst() {
        HealthReport report =
                round(
                        result("visionops.a.one", HealthStatus.OK, "live"),
                        result("visionops.b.two", HealthStatus.CRITICAL, "ready"),
                        result("visionops.c.three", HealthStatus.WARN, "ready"));

        assertThat(report.status()).isEqualTo(HealthStatus.CRITICAL);
        assertThat(report.live()).isEqualTo(HealthStatus.OK);
        assertThat(report.ready()).isEqualTo(HealthStatus.CRITICAL);
        assertThat(report.checks()).extracting(HealthNode::part).containsExactly("b", "c", "a");
        assertThat(report.checks().get(0).remedy()).isEqualTo("look at it");
        assertThat(report.checks().get(2).remedy()).isEmpty();
    }

    @Test
    void aStatusIsSinceTheRoundInWhichItBegan() {
        round(result("visionops.a.one", HealthStatus.OK));
        round(result("visionops.a.one", HealthStatus.WARN));
        HealthReport report = round(result("visionops.a.one", HealthStatus.WARN));

        assertThat(report.round()).isEqualTo(3);
        assertThat(report.time()).isEqualTo(START.plusSeconds(60));
        assertThat(report.checks().get(0).since()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void eachChangeIsToldOnceWithWhatWasBefore() {
        round(result("visionops.a.one", HealthStatus.OK));
        round(result("visionops.a.one", HealthStatus.CRITICAL));
        round(result("visionops.a.one", HealthStatus.CRITICAL));

        assertThat(changes)
                .extracting(StatusChange::before)
                .containsExactly(Optional.empty(), Optional.of(HealthStatus.OK));
        assertThat(changes.get(1).time()).isEqualTo(START.plusSeconds(30));
        assertThat(changes.get(1).result().status()).isEqualTo(HealthStatus.CRITICAL);
    }

    @Test
    void theLastThousandResultsAreKeptTheNewestFirst() {
        for (int i = 0; i < 1001; i++) {
            round(result("visionops.a.one", i == 1000 ? HealthStatus.WARN : HealthStatus.OK));
        }

        List<HealthResult> history = rounds.history("visionops.a.one");
        assertThat(history).hasSize(1000);
        assertThat(history.get(0).status()).isEqualTo(HealthStatus.WARN);
        assertThat(history.get(999).time()).isEqualTo(START.plus(INTERVAL));
        assertThat(rounds.history("visionops.x.unknown")).isEmpty();
    }

    @Test
    void aRoundIsDueAfterAnIntervalAndSoonerWhileSomethingIsAway() {
        results = List.of(result("visionops.a.one", HealthStatus.OK));
        rounds.runIfDue();
        clock.advance(Duration.ofSeconds(5));
        rounds.runIfDue();
        assertThat(rounds.report().orElseThrow().round()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(25));
        results = List.of(result("visionops.a.one", HealthStatus.TEMPORARILY_UNAVAILABLE));
        rounds.runIfDue();
        assertThat(rounds.report().orElseThrow().round()).isEqualTo(2);

        clock.advance(Duration.ofSeconds(5));
        rounds.runIfDue();
        assertThat(rounds.report().orElseThrow().round()).isEqualTo(3);
    }

    @Test
    void aRoundIsDueWhenTheIntervalIsAnotherOne() {
        results = List.of(result("visionops.a.one", HealthStatus.OK));
        rounds.runIfDue();

        rounds.setInterval(INTERVAL.multipliedBy(2));
        rounds.runIfDue();
        rounds.runIfDue();

        assertThat(rounds.report().orElseThrow().round()).isEqualTo(2);
    }

    @Test
    void roundsThatStopAreSeenToBeOverdue() {
        assertThat(rounds.report()).isEmpty();
        round(result("visionops.a.one", HealthStatus.OK));
        clock.advance(INTERVAL.multipliedBy(2));
        assertThat(rounds.isOverdue()).isFalse();

        clock.advance(Duration.ofSeconds(1));

        assertThat(rounds.isOverdue()).isTrue();
    }
}
