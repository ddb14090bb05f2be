package io.visionops.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthResult;
import io.visionops.api.health.HealthStatus;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthAnswersTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private Optional<HealthMonitor> monitor = Optional.empty();
    private final HealthAnswers answers = new HealthAnswers(() -> monitor, clock);

    /** Says always the same. */
    private record FakeMonitor(Optional<HealthReport> report, boolean isOverdue)
            implements HealthMonitor {

        @Override
        public List<HealthResult> history(String check) {
            return List.of();
        }
    }

    private void said(HealthStatus live, HealthStatus ready, boolean overdue) {
        HealthNode node =
                new HealthNode(
                        "visionops.store.open", "store", ready, "cause", NOON, "", List.of());
        monitor =
                Optional.of(
                        new FakeMonitor(
                                Optional.of(
                                        new HealthReport(
                                                live.or(ready),
                                                NOON,
                                                1,
                                                live,
                                                ready,
                                                List.of(node))),
                                overdue));
    }

    @ParameterizedTest
    @CsvSource({
        "OK, OK, true, true",
        "WARN, WARN, true, true",
        "OK, TEMPORARILY_UNAVAILABLE, true, false",
        "OK, CRITICAL, true, false",
        "CRITICAL, OK, false, true"
    })
    void itLivesAndIsReadyByTheWorstCheckOfEach(
            HealthStatus live, HealthStatus ready, boolean isLive, boolean isReady) {
        said(live, ready, false);

        assertThat(answers.isLive()).isEqualTo(isLive);
        assertThat(answers.isReady()).isEqualTo(isReady);
    }

    @Test
    void withoutNewsItLivesForAMinuteAndIsNotReady() {
        assertThat(answers.isReady()).isFalse();
        clock.advance(HealthAnswers.PATIENCE);
        assertThat(answers.isLive()).isTrue();

        clock.advance(Duration.ofSeconds(1));

        assertThat(answers.isLive()).isFalse();
        assertThat(answers.tree()).isEmpty();
    }

    @Test
    void thePartHealthMayBeReplaced() {
        said(HealthStatus.OK, HealthStatus.OK, false);
        clock.advance(Duration.ofHours(1));
        assertThat(answers.isLive()).isTrue();

        monitor = Optional.empty();
        clock.advance(Duration.ofSeconds(30));

        assertThat(answers.isLive()).isTrue();
        assertThat(answers.isReady()).isFalse();
    }

    @Test
    void oldNewsAreNone() {
        said(HealthStatus.OK, HealthStatus.OK, true);
        clock.advance(Duration.ofMinutes(2));

        assertThat(answers.isLive()).isFalse();
        assertThat(answers.isReady()).isFalse();
        assertThat(answers.tree().orElseThrow().status()).isEqualTo("CRITICAL");
    }

    @Test
    void theTreeIsOneDocumentWithTimesInMilliseconds() throws Exception {
        said(HealthStatus.OK, HealthStatus.WARN, false);

        assertThat(Documents.mapper().writeValueAsString(answers.tree().orElseThrow()))
                .isEqualTo(
                        "{\"status\":\"WARN\",\"checks\":[{\"name\":\"visionops.store.open\","
                                + "\"part\":\"store\",\"status\":\"WARN\",\"cause\":\"cause\","
                                + "\"since\":\"2026-01-01T12:00:00.000Z\",\"remedy\":\"\","
                                + "\"children\":[]}]}");
    }
}
