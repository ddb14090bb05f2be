package io.visionops.ingest.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ReconnectPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CameraStateMachineTest {

    private static final ReconnectPolicy RECONNECT =
            new ReconnectPolicy(
                    Duration.ofSeconds(1), Duration.ofSeconds(60), 10, Duration.ofMinutes(5));
    private static final Trigger REFUSED =
            new Trigger.Lost(new Fault(Cause.REFUSED, "Connection refused"));
    private static final Fault WRONG_PASSWORD = new Fault(Cause.UNAUTHORISED, "401");
    private static final Trigger UNAUTHORISED = new Trigger.Lost(WRONG_PASSWORD);
    private static final Fault FROZEN = new Fault(Cause.FROZEN, "10 s");
    private static final Trigger DUE = new Trigger.Due();
    private static final Trigger FRAME = new Trigger.FrameCame();
    private static final Trigger ASKED = new Trigger.Asked();
    private static final Trigger PAUSED = new Trigger.Paused("by user/anna");
    private static final Trigger SLOW = new Trigger.Slow("1.0 of 5 frames a second");

    private CameraStateMachine rules = new CameraStateMachine(RECONNECT, 1, () -> 0);
    private long now;
    private StateData stateData = StateData.start(0);
    private List<Action> effects = List.of();

    private void happens(Trigger trigger) {
        Transition step = rules.next(stateData, trigger, now);
        stateData = step.stateData();
        effects = step.effects();
    }

    private void fails(Trigger how) {
        now = Math.max(now, stateData.retry());
        happens(DUE);
        happens(how);
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }

    /** At five frames a second. */
    private void streamsFor(Duration time) {
        for (long end = now + time.toNanos(); now < end; passes(Duration.ofMillis(200))) {
            happens(FRAME);
        }
        happens(FRAME);
    }

    private Duration untilRetry() {
        return Duration.ofNanos(stateData.retry() - now);
    }

    @Test
    void aTryBeginsWhenItIsDueAndNotBefore() {
        fails(REFUSED);

        happens(DUE);
        assertThat(effects).isEmpty();

        passes(Duration.ofSeconds(1));
        happens(DUE);
        assertThat(stateData.state()).isEqualTo(CameraState.CONNECTING);
        assertThat(effects).containsExactly(new Action.Tell(""), new Action.Start());
    }

    @Test
    void theFirstFrameMakesItStreamAndClearsTheFault() {
        fails(REFUSED);
        passes(Duration.ofSeconds(1));
        happens(DUE);
        assertThat(stateData.fault()).isPresent();

        happens(FRAME);

        assertThat(stateData.state()).isEqualTo(CameraState.STREAMING);
        assertThat(stateData.fault()).isEmpty();
        assertThat(effects).containsExactly(new Action.Tell(""));
    }

    @Test
    void theWaitDoublesUpToTheLongestAndThenIsASlowProbeForEver() {
        List<Long> waits = new ArrayList<>();
        List<CameraState> states = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            fails(REFUSED);
            waits.add(untilRetry().toSeconds());
            states.add(stateData.state());
        }

        assertThat(waits)
                .containsExactly(
                        1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L, 300L, 300L, 300L, 300L);
        assertThat(states.subList(0, 10)).containsOnly(CameraState.BACKOFF);
        assertThat(states.subList(10, 14)).containsOnly(CameraState.OFFLINE);
    }

    @Test
    void aDecoderThatDiesOfAStreamThatWasWellIsReplacedAtOnceButOnlyOnce() {
        Trigger crashed = new Trigger.Lost(new Fault(Cause.CRASHED, "ended by signal 9"));
        fails(REFUSED);
        now = stateData.retry();
        happens(DUE);
        streamsFor(CameraStateMachine.STABLE);

        happens(crashed);
        assertThat(untilRetry()).isEqualTo(CameraStateMachine.AT_ONCE);

        now = stateData.retry();
        happens(DUE);
        streamsFor(Duration.ofSeconds(5));
        happens(crashed);
        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(2));
    }

    /** It has said no to UDP after TCP had failed three times: it is there. */
    @Test
    void afterAnotherTransportWasRefusedTheUsualOneIsTriedAtOnceAndTheFailureCounts() {
        fails(REFUSED);
        fails(REFUSED);
        fails(REFUSED);

        fails(new Trigger.Lost(new Fault(Cause.TIMEOUT, "no first frame"), true));

        assertThat(untilRetry()).isEqualTo(CameraStateMachine.AT_ONCE);
        assertThat(stateData.misses().failures()).isEqualTo(4);
    }

    @Test
    void aDecoderThatDiesBeforeItsFirstFrameWaitsAsOthersDo() {
        fails(new Trigger.Lost(new Fault(Cause.CRASHED, "exit code 1")));

        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aCameraThatAnswersAgainWhileADecoderGetsNothingIsTriedAnewAtOnce() {
        fails(REFUSED);
        now = stateData.retry();
        happens(DUE);
        passes(Duration.ofSeconds(4));

        happens(new Trigger.Answered());

        assertThat(stateData.state()).isEqualTo(CameraState.CONNECTING);
        assertThat(effects).containsExactly(new Action.EndDecoder(), new Action.WaitUntil(now));
        happens(DUE);
        assertThat(effects).containsExactly(new Action.Start());
    }

    @Test
    void jitterIsAddedToTheWaitAlsoToTheLongest() {
        rules = new CameraStateMachine(RECONNECT, 1, () -> 1);

        fails(REFUSED);
        assertThat(untilRetry()).isEqualTo(Duration.ofMillis(1200));

        for (int i = 1; i < 10; i++) {
            fails(REFUSED);
        }
        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(72));
    }

    @Test
    void aPermanentCauseIsOfflineAtOnceAndCallsAPersonOnce() {
        fails(UNAUTHORISED);

        assertThat(stateData.state()).isEqualTo(CameraState.OFFLINE);
        assertThat(effects).contains(new Action.Alert(WRONG_PASSWORD));
        assertThat(untilRetry()).isEqualTo(Duration.ofMinutes(5));

        fails(UNAUTHORISED);
        assertThat(effects).containsExactly(new Action.WaitUntil(stateData.retry()));

        now = stateData.retry();
        happens(DUE);
        happens(FRAME);
        fails(REFUSED);
        happens(UNAUTHORISED);
        fails(UNAUTHORISED);
        assertThat(effects).contains(new Action.Alert(WRONG_PASSWORD));
    }

    @Test
    void aProbeOfACameraThatIsOfflineLeavesItOfflineUntilAFrameComes() {
        fails(UNAUTHORISED);
        now = stateData.retry();

        happens(DUE);
        assertThat(stateData.state()).isEqualTo(CameraState.OFFLINE);
        assertThat(effects).containsExactly(new Action.Start());

        happens(FRAME);
        assertThat(stateData.state()).isEqualTo(CameraState.STREAMING);
    }

    @Test
    void aPermanentCauseCountsWhenEveryAddressGivesOne() {
        rules = new CameraStateMachine(RECONNECT, 2, () -> 0);

        fails(UNAUTHORISED);
        fails(REFUSED);
        fails(UNAUTHORISED);
        assertThat(stateData.state()).isEqualTo(CameraState.BACKOFF);

        fails(UNAUTHORISED);
        assertThat(stateData.state()).isEqualTo(CameraState.OFFLINE);
    }

    @Test
    void aProbeTriesEachAddressOnce() {
        rules = new CameraStateMachine(RECONNECT, 3, () -> 0);
        for (int i = 0; i < 11; i++) {
            fails(REFUSED);
        }

        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            fails(REFUSED);
            waits.add(untilRetry().toSeconds());
        }

        assertThat(waits).containsExactly(1L, 1L, 300L, 1L, 1L, 300L);
    }

    @Test
    void failuresAreForgottenOnlyAfterAStableStretch() {
        fails(REFUSED);
        fails(REFUSED);
        now = stateData.retry();
        happens(DUE);
        streamsFor(Duration.ofSeconds(29));
        assertThat(stateData.misses().failures()).isEqualTo(2);

        streamsFor(Duration.ofSeconds(1));

        assertThat(stateData.misses().failures()).isZero();
        assertThat(effects).containsExactly(new Action.Keep());
    }

    @Test
    void aGapOrSlownessIsNoStableStretch() {
        fails(REFUSED);
        now = stateData.retry();
        happens(DUE);
        streamsFor(Duration.ofSeconds(20));
        passes(Duration.ofSeconds(4));
        streamsFor(Duration.ofSeconds(20));
        happens(SLOW);
        streamsFor(Duration.ofSeconds(40));
        happens(new Trigger.Fluent());
        streamsFor(Duration.ofSeconds(29));

        assertThat(stateData.misses().failures()).isEqualTo(1);
    }

    @Test
    void aCameraThatFlapsBacksOffFurther() {
        fails(REFUSED);
        now = stateData.retry();
        happens(DUE);
        happens(FRAME);
        passes(Duration.ofSeconds(5));
        happens(REFUSED);

        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void slowFramesDegradeItAndGoodOnesHealIt() {
        happens(DUE);
        happens(FRAME);
        happens(SLOW);
        assertThat(stateData.state()).isEqualTo(CameraState.DEGRADED);
        assertThat(effects).containsExactly(new Action.Tell("1.0 of 5 frames a second"));

        happens(FRAME);
        assertThat(stateData.state()).isEqualTo(CameraState.DEGRADED);

        happens(new Trigger.Fluent());
        assertThat(stateData.state()).isEqualTo(CameraState.STREAMING);
    }

    @Test
    void aFaultyPictureDegradesItUntilThePictureIsWell() {
        happens(DUE);
        happens(FRAME);

        happens(new Trigger.PictureFault(FROZEN));
        assertThat(stateData.state()).isEqualTo(CameraState.DEGRADED);
        assertThat(stateData.fault()).contains(FROZEN);
        happens(SLOW);
        happens(new Trigger.Fluent());
        assertThat(stateData.state()).isEqualTo(CameraState.DEGRADED);

        happens(new Trigger.PictureFault(new Fault(Cause.BLACK, "")));
        assertThat(effects).containsExactly(new Action.Tell(""));

        happens(new Trigger.PictureWell());
        assertThat(stateData.state()).isEqualTo(CameraState.STREAMING);
        assertThat(stateData.fault()).isEmpty();
    }

    @Test
    void askingTriesAtOnceWhateverItDoes() {
        happens(DUE);
        happens(FRAME);
        happens(ASKED);
        assertThat(stateData.state()).isEqualTo(CameraState.CONNECTING);
        assertThat(effects).contains(new Action.EndDecoder(), new Action.WaitUntil(now));
        happens(REFUSED);
        assertThat(stateData.misses().failures()).isZero();

        happens(DUE);
        assertThat(effects).containsExactly(new Action.Start());

        happens(UNAUTHORISED);
        happens(ASKED);
        assertThat(stateData.state()).isEqualTo(CameraState.OFFLINE);
        happens(DUE);
        assertThat(effects).containsExactly(new Action.Start());
    }

    @Test
    void aFileThatHasBeenReadIsIdleAndNotTriedAgainUntilSomebodyAsks() {
        happens(DUE);
        happens(FRAME);
        happens(new Trigger.Finished(""));

        assertThat(stateData.state()).isEqualTo(CameraState.IDLE);
        assertThat(stateData.waiting()).isFalse();
        assertThat(stateData.fault().orElseThrow().cause()).isEqualTo(Cause.END_OF_STREAM);

        happens(DUE);
        assertThat(effects).isEmpty();
        happens(ASKED);
        happens(DUE);
        assertThat(effects).containsExactly(new Action.Start());
    }

    @Test
    void aDisabledOneEndsItsDecoderAndStaysSo() {
        happens(DUE);
        happens(FRAME);
        happens(new Trigger.Disabled());

        assertThat(stateData.state()).isEqualTo(CameraState.DISABLED);
        assertThat(effects).contains(new Action.EndDecoder());
        happens(FRAME);
        happens(REFUSED);
        happens(ASKED);
        assertThat(stateData.state()).isEqualTo(CameraState.DISABLED);
        assertThat(effects).isEmpty();
    }

    @Test
    void theTimeOfAStateIsThatOfItsBeginning() {
        happens(DUE);
        passes(Duration.ofSeconds(3));
        happens(FRAME);
        passes(Duration.ofSeconds(3));
        happens(FRAME);

        assertThat(stateData.since()).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void aCameraThatAnswersAgainIsTriedAtOnceAndItsWaitsAreShortAgain() {
        for (int i = 0; i < 6; i++) {
            fails(REFUSED);
        }
        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(32));
        passes(Duration.ofSeconds(3));

        happens(new Trigger.Answered());

        assertThat(untilRetry()).isZero();
        assertThat(stateData.state()).isEqualTo(CameraState.BACKOFF);
        fails(REFUSED);
        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void oneThatWasOfflineAndAnswersAgainIsTriedAFewTimesBeforeTheNextSlowWait() {
        for (int i = 0; i < 12; i++) {
            fails(REFUSED);
        }
        assertThat(stateData.state()).isEqualTo(CameraState.OFFLINE);
        passes(Duration.ofSeconds(100));

        happens(new Trigger.Answered());

        assertThat(untilRetry()).isZero();
        for (int i = 0; i < CameraStateMachine.QUICK_TRIES; i++) {
            fails(REFUSED);
            assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(1));
        }
        fails(REFUSED);
        assertThat(untilRetry()).isEqualTo(RECONNECT.probe());
        assertThat(stateData.state()).isEqualTo(CameraState.OFFLINE);
    }

    @Test
    void afterHoursACameraIsFoundWithinOneProbeEvenWithoutAnAnswer() {
        for (int i = 0; i < 60; i++) {
            fails(REFUSED);
        }
        long back = now + Duration.ofMinutes(2).toNanos();

        now = Math.max(back, stateData.retry());
        happens(DUE);
        happens(FRAME);

        assertThat(stateData.state()).isEqualTo(CameraState.STREAMING);
        assertThat(Duration.ofNanos(now - back)).isLessThanOrEqualTo(RECONNECT.probe());
    }

    @Test
    void aCameraThatIsPausedEndsItsDecoderAndIsNeitherDueNorAnswering() {
        happens(DUE);
        happens(FRAME);

        happens(PAUSED);

        assertThat(stateData.state()).isEqualTo(CameraState.IDLE);
        assertThat(stateData.fault()).hasValue(new Fault(Cause.PAUSED, "by user/anna"));
        assertThat(stateData.isPaused()).isTrue();
        assertThat(effects).containsExactly(new Action.Tell(""), new Action.EndDecoder());
        passes(Duration.ofHours(1));
        for (Trigger trigger : List.of(DUE, FRAME, REFUSED, ASKED, SLOW, new Trigger.Answered())) {
            happens(trigger);
            assertThat(effects).isEmpty();
            assertThat(stateData.isPaused()).isTrue();
        }
    }

    @Test
    void aLostCameraThatIsPausedHasNothingToEnd() {
        fails(UNAUTHORISED);

        happens(PAUSED);

        assertThat(stateData.isPaused()).isTrue();
        assertThat(stateData.waiting()).isFalse();
        assertThat(effects).containsExactly(new Action.Tell(""));
    }

    @Test
    void aCameraThatIsResumedIsTriedAtOnceAndAPersonIsNotCalledTwice() {
        fails(UNAUTHORISED);
        happens(PAUSED);
        passes(Duration.ofHours(1));

        happens(new Trigger.Resumed());

        assertThat(stateData.state()).isEqualTo(CameraState.CONNECTING);
        assertThat(stateData.fault()).isEmpty();
        assertThat(effects).containsExactly(new Action.Tell(""), new Action.WaitUntil(now));
        fails(UNAUTHORISED);
        assertThat(effects).doesNotHaveAnyElementsOfTypes(Action.Alert.class);
    }

    @Test
    void anotherReasonForAPauseIsNoNewsOfTheState() {
        happens(PAUSED);

        happens(new Trigger.Paused("by part/governor: memory"));

        assertThat(effects).isEmpty();
        assertThat(stateData.fault()).hasValue(new Fault(Cause.PAUSED, "by part/governor: memory"));
    }

    @Test
    void aCameraThatIsNotPausedIsNotResumedAndAFileThatIsReadIsNotPaused() {
        happens(DUE);
        happens(FRAME);
        happens(new Trigger.Resumed());
        assertThat(stateData.state()).isEqualTo(CameraState.STREAMING);

        happens(new Trigger.Finished(""));
        happens(new Trigger.Resumed());
        happens(PAUSED);
        assertThat(stateData.fault()).hasValue(new Fault(Cause.END_OF_STREAM, ""));
    }
}
