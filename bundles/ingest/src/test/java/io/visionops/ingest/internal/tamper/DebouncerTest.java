package io.visionops.ingest.internal.tamper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DebouncerTest {

    private static final long SECOND = 1_000_000_000L;

    private final Debouncer fault = new Debouncer(3 * SECOND);

    private void weigh(Evidence evidence, int seconds) {
        for (int i = 0; i < seconds; i++) {
            fault.weigh(evidence, SECOND, 5 * SECOND);
        }
    }

    @Test
    void itBeginsAndEndsAfterEnoughEvidence() {
        weigh(Evidence.FOR, 4);
        assertThat(fault.isFault()).isFalse();
        weigh(Evidence.FOR, 1);
        assertThat(fault.isFault()).isTrue();
        assertThat(fault.age()).isEqualTo(5 * SECOND);

        weigh(Evidence.AGAINST, 2);
        assertThat(fault.isFault()).isTrue();
        weigh(Evidence.AGAINST, 1);
        assertThat(fault.isFault()).isFalse();
    }

    @Test
    void anInterruptionSetsBackByTwiceItsLength() {
        weigh(Evidence.FOR, 4);
        weigh(Evidence.AGAINST, 1);
        weigh(Evidence.FOR, 2);
        assertThat(fault.isFault()).isFalse();

        weigh(Evidence.FOR, 1);
        assertThat(fault.isFault()).isTrue();
    }

    @Test
    void whatIsNoEvidenceChangesNothing() {
        weigh(Evidence.FOR, 4);
        weigh(Evidence.NONE, 10);
        assertThat(fault.isFault()).isFalse();

        weigh(Evidence.FOR, 1);
        assertThat(fault.isFault()).isTrue();
        assertThat(fault.age()).isEqualTo(15 * SECOND);
    }

    @Test
    void withoutALimitItIsNoneAndOtherwiseAShareOfThatIsEnough() {
        Optional<Duration> limit = Optional.of(Duration.ofSeconds(10));
        for (int i = 0; i < 5; i++) {
            assertThat(fault.isFault()).isFalse();
            fault.weigh(Evidence.FOR, SECOND, limit, 0.5);
        }
        assertThat(fault.isFault()).isTrue();

        fault.weigh(Evidence.FOR, SECOND, Optional.empty(), 0.5);
        assertThat(fault.isFault()).isFalse();
    }

    @Test
    void whatIsAssumedLastsUntilThereIsEvidenceAgainstIt() {
        fault.assume();
        weigh(Evidence.NONE, 10);
        weigh(Evidence.FOR, 10);
        assertThat(fault.isFault()).isTrue();

        weigh(Evidence.AGAINST, 3);
        assertThat(fault.isFault()).isFalse();
    }
}
