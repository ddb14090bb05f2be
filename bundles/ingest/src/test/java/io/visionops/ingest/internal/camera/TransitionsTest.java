package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Reconnect;
import io.visionops.ingest.internal.camera.Situation.Happening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionsTest {

    private static final Reconnect RECONNECT =
            new Reconnect(Duration.ofSeconds(1), Duration.ofSeconds(60), 10, Duration.ofMinutes(5));
    private static final Happening REFUSED =
            new Happening.Lost(new Fault(Cause.REFUSED, "Connection refused"));
    private static final Happening UNAUTHORISED =
            new Happening.Lost(new Fault(Cause.UNAUTHORISED, "401"));
    private static final Happening TRYING = new Happening.Trying();
    private static final Happening FRAME = new Happening.FrameCame();

    private final Transitions rules = new Transitions(RECONNECT, 1, () -> 0.5);
    private long now;
    private Situation situation = Situation.start(0);

    private void happens(Happening happening) {
        situation = rules.next(situation, happening, now);
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }

    private Duration untilRetry() {
        return situation.untilRetry(now);
    }

    @Test
    void theFirstFrameMakesItStreamAndClearsTheFault() {
        happens(TRYING);
        happens(REFUSED);
        happens(TRYING);
        assertThat(situation.state()).isEqualTo(CameraState.CONNECTING);

        happens(FRAME);

        assertThat(situation.state()).isEqualTo(CameraState.STREAMING);
        assertThat(situation.fault()).isEmpty();
    }

    @Test
    void theWaitDoublesUpToTheLongestAndThenIsASlowProbeForEver() {
        List<Long> waits = new ArrayList<>();
        List<CameraState> states = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            happens(TRYING);
            happens(REFUSED);
            waits.add(untilRetry().toSeconds());
            states.add(situation.state());
            passes(untilRetry());
        }

        assertThat(waits)
                .containsExactly(
                        1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L, 300L, 300L, 300L, 300L);
        assertThat(states.subList(0, 10)).containsOnly(CameraState.BACKOFF);
        assertThat(states.subList(10, 14)).containsOnly(CameraState.OFFLINE);
    }

    @Test
    void aProbeOfACameraThatIsOfflineLeavesItOfflineUntilAFrameComes() {
        happens(UNAUTHORISED);
        assertThat(situation.state()).isEqualTo(CameraState.OFFLINE);

        happens(TRYING);
        assertThat(situation.state()).isEqualTo(CameraState.OFFLINE);

        happens(FRAME);
        assertThat(situation.state()).isEqualTo(CameraState.STREAMING);
    }

    @Test
    void aPermanentCauseWaitsUntilEveryAddressWasTried() {
        Transitions two = new Transitions(RECONNECT, 2, () -> 0.5);

        Situation first = two.next(situation, UNAUTHORISED, 0);
        Situation second = two.next(first, UNAUTHORISED, 0);

        assertThat(first.state()).isEqualTo(CameraState.BACKOFF);
        assertThat(second.state()).isEqualTo(CameraState.OFFLINE);
    }

    @Test
    void failuresAreForgottenOnlyAfterAStableStretch() {
        happens(REFUSED);
        happens(REFUSED);
        happens(TRYING);
        happens(FRAME);
        passes(Duration.ofSeconds(29));
        happens(FRAME);
        assertThat(situation.failures()).isEqualTo(2);

        passes(Duration.ofSeconds(1));
        happens(FRAME);

        assertThat(situation.failures()).isZero();
    }

    @Test
    void aCameraThatFlapsBacksOffFurther() {
        happens(REFUSED);
        happens(TRYING);
        happens(FRAME);
        passes(Duration.ofSeconds(5));
        happens(REFUSED);

        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void slowFramesDegradeItAndGoodOnesHealIt() {
        happens(FRAME);
        happens(new Happening.Slow());
        assertThat(situation.state()).isEqualTo(CameraState.DEGRADED);

        happens(FRAME);
        assertThat(situation.state()).isEqualTo(CameraState.DEGRADED);

        happens(new Happening.Fluent());
        assertThat(situation.state()).isEqualTo(CameraState.STREAMING);
    }

    @Test
    void aFileThatHasBeenReadIsIdleAndNotTriedAgain() {
        happens(FRAME);
        happens(new Happening.Finished());

        assertThat(situation.state()).isEqualTo(CameraState.IDLE);
        assertThat(situation.waiting()).isFalse();
        assertThat(situation.fault().orElseThrow().cause()).isEqualTo(Cause.END_OF_STREAM);
    }

    @Test
    void theWaitIsSpreadByAFifthEitherWay() {
        Transitions low = new Transitions(RECONNECT, 1, () -> 0);
        Transitions high = new Transitions(RECONNECT, 1, () -> 1);

        assertThat(low.next(situation, REFUSED, 0).untilRetry(0)).isEqualTo(Duration.ofMillis(800));
        assertThat(high.next(situation, REFUSED, 0).untilRetry(0))
                .isEqualTo(Duration.ofMillis(1200));
    }

    @Test
    void theTimeOfAStateIsThatOfItsBeginning() {
        passes(Duration.ofSeconds(3));
        happens(FRAME);
        passes(Duration.ofSeconds(3));
        happens(FRAME);

        assertThat(situation.sinceNanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
    }
}
