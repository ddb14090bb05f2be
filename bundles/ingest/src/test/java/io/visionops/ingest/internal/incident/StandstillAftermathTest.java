package io.visionops.ingest.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandstillAftermathTest {

    private static final long SECOND = 1_000_000_000L;

    private final StandstillAftermath aftermath = new StandstillAftermath();

    @Test
    void aStandstillIsRememberedForAWhile() {
        aftermath.begin(Duration.ofSeconds(3), true, 100 * SECOND);
        assertThat(aftermath.standstill().orElseThrow().began()).isEqualTo(97 * SECOND);
        assertThat(aftermath.until()).hasValue(115 * SECOND);

        aftermath.pass(115 * SECOND - 1);
        assertThat(aftermath.standstill()).isPresent();
        aftermath.pass(115 * SECOND);

        assertThat(aftermath.standstill()).isEmpty();
        assertThat(aftermath.until()).isEmpty();
    }

    @Test
    void anotherOneInItsAftermathIsTheSameAndMakesItLonger() {
        aftermath.begin(Duration.ofSeconds(3), false, 100 * SECOND);
        OpenIncident first = aftermath.standstill().orElseThrow();
        assertThat(first.isCertain()).isFalse();

        aftermath.begin(Duration.ofSeconds(4), true, 110 * SECOND);

        assertThat(aftermath.standstill()).containsSame(first);
        assertThat(first.isCertain()).isTrue();
        assertThat(first.words()).startsWith("this computer stood still for 7 s");
        assertThat(aftermath.until()).hasValue(125 * SECOND);
    }

    @Test
    void aSuccessorGoesOnWithIt() {
        OpenIncident known = new OpenIncident(FailureDomain.OWN, 0);

        aftermath.resume(known, 9 * SECOND);

        assertThat(aftermath.standstill()).containsSame(known);
        aftermath.pass(9 * SECOND);
        assertThat(aftermath.standstill()).isEmpty();
    }
}
