package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ReconnectPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

    private static final ReconnectPolicy RECONNECT =
            new ReconnectPolicy(
                    Duration.ofSeconds(1), Duration.ofSeconds(60), 10, Duration.ofMinutes(5));
    private static final Happening REFUSED =
            new Happening.Lost(new Fault(Cause.REFUSED, "Connection refused"));
    private static final Fault WRONG_PASSWORD = new Fault(Cause.UNAUTHORISED, "401");
    private static final Happening UNAUTHORISED = new Happening.Lost(WRONG_PASSWORD);
    private static final Fault FROZEN = new Fault(Cause.FROZEN, "10 s");
    private static final Happening DUE = new Happening.Due();
    private static final Happening FRAME = new Happening.FrameCame();
    private static final Happening ASKED = new Happening.Asked();
    private static final Happening PAUSED = new Happening.Paused("by user/anna");
    private static final Happening SLOW = new Happening.Slow("1.0 of 5 frames a second");

    private Machine rules = new Machine(RECONNECT, 1, () -> 0);
    private long now;
    private Situation situation = Situation.start(0);
    private List<Effect> effects = List.of();

    private void happens(Happening happening) {
        Step step = rules.next(situation, happening, now);
        situation = step.situation();
        effects = step.effects();
    }

    private void fails(Happening how) {
        now = Math.max(now, situation.retry());
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
        return Duration.ofNanos(situation.retry() - now);
    }

    @Test
    void aTryBeginsWhenItIsDueAndNotBefore() {
        fails(REFUSED);

        happens(DUE);
        assertThat(effects).isEmpty();

        passes(Duration.ofSeconds(1));
        happens(DUE);
        assertThat(situation.state()).isEqualTo(CameraState.CONNECTING);
        assertThat(effects).containsExactly(new Effect.Tell(""), new Effect.Start());
    }

    @Test
    void theFirstFrameMakesItStreamAndClearsTheFault() {
        fails(REFUSED);
        passes(Duration.ofSeconds(1));
        happens(DUE);
        assertThat(situation.fault()).isPresent();

        happens(FRAME);

        assertThat(situation.state()).isEqualTo(CameraState.STREAMING);
        assertThat(situation.fault()).isEmpty();
        assertThat(effects).containsExactly(new Effect.Tell(""));
    }

    @Test
    void theWaitDoublesUpToTheLongestAndThenIsASlowProbeForEver() {
        List<Long> waits = new ArrayList<>();
        List<CameraState> states = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            fails(REFUSED);
            waits.add(untilRetry().toSeconds());
            states.add(situation.state());
        }

        assertThat(waits)
                .containsExactly(
                        1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L, 300L, 300L, 300L, 300L);
        assertThat(states.subList(0, 10)).containsOnly(CameraState.BACKOFF);
        assertThat(states.subList(10, 14)).containsOnly(CameraState.OFFLINE);
    }

    @Test
    void aDecoderThatDiesOfAStreamThatWasWellIsReplacedAtOnceButOnlyOnce() {
        Happening crashed = new Happening.Lost(new Fault(Cause.CRASHED, "ended by signal 9"));
        fails(REFUSED);
        now = situation.retry();
        happens(DUE);
        streamsFor(Machine.STABLE);

        happens(crashed);
        assertThat(untilRetry()).isEqualTo(Machine.AT_ONCE);

        now = situation.retry();
        happens(DUE);
        streamsFor(Duration.ofSeconds(5));
        happens(crashed);
        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aDecoderThatDiesBeforeItsFirstFrameWaitsAsOthersDo() {
        fails(new Happening.Lost(new Fault(Cause.CRASHED, "exit code 1")));

        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aCameraThatAnswersAgainWhileADecoderGetsNothingIsTriedAnewAtOnce() {
        fails(REFUSED);
        now = situation.retry();
        happens(DUE);
        passes(Duration.ofSeconds(4));

        happens(new Happening.Answered());

        assertThat(situation.state()).isEqualTo(CameraState.CONNECTING);
        assertThat(effects).containsExactly(new Effect.EndDecoder(), new Effect.WaitUntil(now));
        happens(DUE);
        assertThat(effects).containsExactly(new Effect.Start());
    }

    @Test
    void jitterIsAddedToTheWaitAlsoToTheLongest() {
        rules = new Machine(RECONNECT, 1, () -> 1);

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

        assertThat(situation.state()).isEqualTo(CameraState.OFFLINE);
        assertThat(effects).contains(new Effect.Alert(WRONG_PASSWORD));
        assertThat(untilRetry()).isEqualTo(Duration.ofMinutes(5));

        fails(UNAUTHORISED);
        assertThat(effects).containsExactly(new Effect.WaitUntil(situation.retry()));

        now = situation.retry();
        happens(DUE);
        happens(FRAME);
        fails(REFUSED);
        happens(UNAUTHORISED);
        fails(UNAUTHORISED);
        assertThat(effects).contains(new Effect.Alert(WRONG_PASSWORD));
    }

    @Test
    void aProbeOfACameraThatIsOfflineLeavesItOfflineUntilAFrameComes() {
        fails(UNAUTHORISED);
        now = situation.retry();

        happens(DUE);
        assertThat(situation.state()).isEqualTo(CameraState.OFFLINE);
        assertThat(effects).containsExactly(new Effect.Start());

        happens(FRAME);
        assertThat(situation.state()).isEqualTo(CameraState.STREAMING);
    }

    @Test
    void aPermanentCauseCountsWhenEveryAddressGivesOne() {
        rules = new Machine(RECONNECT, 2, () -> 0);

        fails(UNAUTHORISED);
        fails(REFUSED);
        fails(UNAUTHORISED);
        assertThat(situation.state()).isEqualTo(CameraState.BACKOFF);

        fails(UNAUTHORISED);
        assertThat(situation.state()).isEqualTo(CameraState.OFFLINE);
    }

    @Test
    void aProbeTriesEachAddressOnce() {
        rules = new Machine(RECONNECT, 3, () -> 0);
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
        now = situation.retry();
        happens(DUE);
        streamsFor(Duration.ofSeconds(29));
        assertThat(situation.misses().failures()).isEqualTo(2);

        streamsFor(Duration.ofSeconds(1));

        assertThat(situation.misses().failures()).isZero();
        assertThat(effects).containsExactly(new Effect.Keep());
    }

    @Test
    void aGapOrSlownessIsNoStableStretch() {
        fails(REFUSED);
        now = situation.retry();
        happens(DUE);
        streamsFor(Duration.ofSeconds(20));
        passes(Duration.ofSeconds(4));
        streamsFor(Duration.ofSeconds(20));
        happens(SLOW);
        streamsFor(Duration.ofSeconds(40));
        happens(new Happening.Fluent());
        streamsFor(Duration.ofSeconds(29));

        assertThat(situation.misses().failures()).isEqualTo(1);
    }

    @Test
    void aCameraThatFlapsBacksOffFurther() {
        fails(REFUSED);
        now = situation.retry();
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
        assertThat(situation.state()).isEqualTo(CameraState.DEGRADED);
        assertThat(effects).containsExactly(new Effect.Tell("1.0 of 5 frames a second"));

        happens(FRAME);
        assertThat(situation.state()).isEqualTo(CameraState.DEGRADED);

        happens(new Happening.Fluent());
        assertThat(situation.state()).isEqualTo(CameraState.STREAMING);
    }

    @Test
    void aFaultyPictureDegradesItUntilThePictureIsWell() {
        happens(DUE);
        happens(FRAME);

        happens(new Happening.PictureFault(FROZEN));
        assertThat(situation.state()).isEqualTo(CameraState.DEGRADED);
        assertThat(situation.fault()).contains(FROZEN);
        happens(SLOW);
        happens(new Happening.Fluent());
        assertThat(situation.state()).isEqualTo(CameraState.DEGRADED);

        happens(new Happening.PictureFault(new Fault(Cause.BLACK, "")));
        assertThat(effects).containsExactly(new Effect.Tell(""));

        happens(new Happening.PictureWell());
        assertThat(situation.state()).isEqualTo(CameraState.STREAMING);
        assertThat(situation.fault()).isEmpty();
    }

    @Test
    void askingTriesAtOnceWhateverItDoes() {
        happens(DUE);
        happens(FRAME);
        happens(ASKED);
        assertThat(situation.state()).isEqualTo(CameraState.CONNECTING);
        assertThat(effects).contains(new Effect.EndDecoder(), new Effect.WaitUntil(now));
        happens(REFUSED);
        assertThat(situation.misses().failures()).isZero();

        happens(DUE);
        assertThat(effects).containsExactly(new Effect.Start());

        happens(UNAUTHORISED);
        happens(ASKED);
        assertThat(situation.state()).isEqualTo(CameraState.OFFLINE);
        happens(DUE);
        assertThat(effects).containsExactly(new Effect.Start());
    }

    @Test
    void aFileThatHasBeenReadIsIdleAndNotTriedAgainUntilSomebodyAsks() {
        happens(DUE);
        happens(FRAME);
        happens(new Happening.Finished(""));

        assertThat(situation.state()).isEqualTo(CameraState.IDLE);
        assertThat(situation.waiting()).isFalse();
        assertThat(situation.fault().orElseThrow().cause()).isEqualTo(Cause.END_OF_STREAM);

        happens(DUE);
        assertThat(effects).isEmpty();
        happens(ASKED);
        happens(DUE);
        assertThat(effects).containsExactly(new Effect.Start());
    }

    @Test
    void aDisabledOneEndsItsDecoderAndStaysSo() {
        happens(DUE);
        happens(FRAME);
        happens(new Happening.Disabled());

        assertThat(situation.state()).isEqualTo(CameraState.DISABLED);
        assertThat(effects).contains(new Effect.EndDecoder());
        happens(FRAME);
        happens(REFUSED);
        happens(ASKED);
        assertThat(situation.state()).isEqualTo(CameraState.DISABLED);
        assertThat(effects).isEmpty();
    }

    @Test
    void theTimeOfAStateIsThatOfItsBeginning() {
        happens(DUE);
        passes(Duration.ofSeconds(3));
        happens(FRAME);
        passes(Duration.ofSeconds(3));
        happens(FRAME);

        assertThat(situation.since()).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void aCameraThatAnswersAgainIsTriedAtOnceAndItsWaitsAreShortAgain() {
        for (int i = 0; i < 6; i++) {
            fails(REFUSED);
        }
        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(32));
        passes(Duration.ofSeconds(3));

        happens(new Happening.Answered());

        assertThat(untilRetry()).isZero();
        assertThat(situation.state()).isEqualTo(CameraState.BACKOFF);
        fails(REFUSED);
        assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void oneThatWasOfflineAndAnswersAgainIsTriedAFewTimesBeforeTheNextSlowWait() {
        for (int i = 0; i < 12; i++) {
            fails(REFUSED);
        }
        assertThat(situation.state()).isEqualTo(CameraState.OFFLINE);
        passes(Duration.ofSeconds(100));

        happens(new Happening.Answered());

        assertThat(untilRetry()).isZero();
        for (int i = 0; i < Machine.QUICK_TRIES; i++) {
            fails(REFUSED);
            assertThat(untilRetry()).isEqualTo(Duration.ofSeconds(1));
        }
        fails(REFUSED);
        assertThat(untilRetry()).isEqualTo(RECONNECT.probe());
        assertThat(situation.state()).isEqualTo(CameraState.OFFLINE);
    }

    @Test
    void afterHoursACameraIsFoundWithinOneProbeEvenWithoutAnAnswer() {
        for (int i = 0; i < 60; i++) {
            fails(REFUSED);
        }
        long back = now + Duration.ofMinutes(2).toNanos();

        now = Math.max(back, situation.retry());
        happens(DUE);
        happens(FRAME);

        assertThat(situation.state()).isEqualTo(CameraState.STREAMING);
        assertThat(Duration.ofNanos(now - back)).isLessThanOrEqualTo(RECONNECT.probe());
    }

    @Test
    void aCameraThatIsPausedEndsItsDecoderAndIsNeitherDueNorAnswering() {
        happens(DUE);
        happens(FRAME);

        happens(PAUSED);

        assertThat(situation.state()).isEqualTo(CameraState.IDLE);
        assertThat(situation.fault()).hasValue(new Fault(Cause.PAUSED, "by user/anna"));
        assertThat(situation.isPaused()).isTrue();
        assertThat(effects).containsExactly(new Effect.Tell(""), new Effect.EndDecoder());
        passes(Duration.ofHours(1));
        for (Happening happening :
                List.of(DUE, FRAME, REFUSED, ASKED, SLOW, new Happening.Answered())) {
            happens(happening);
            assertThat(effects).isEmpty();
            assertThat(situation.isPaused()).isTrue();
        }
    }

    @Test
    void aLostCameraThatIsPausedHasNothingToEnd() {
        fails(UNAUTHORISED);

        happens(PAUSED);

        assertThat(situation.isPaused()).isTrue();
        assertThat(situation.waiting()).isFalse();
        assertThat(effects).containsExactly(new Effect.Tell(""));
    }

    @Test
    void aCameraThatIsResumedIsTriedAtOnceAndAPersonIsNotCalledTwice() {
        fails(UNAUTHORISED);
        happens(PAUSED);
        passes(Duration.ofHours(1));

        happens(new Happening.Resumed());

        assertThat(situation.state()).isEqualTo(CameraState.CONNECTING);
        assertThat(situation.fault()).isEmpty();
        assertThat(effects).containsExactly(new Effect.Tell(""), new Effect.WaitUntil(now));
        fails(UNAUTHORISED);
        assertThat(effects).doesNotHaveAnyElementsOfTypes(Effect.Alert.class);
    }

    @Test
    void anotherReasonForAPauseIsNoNewsOfTheState() {
        happens(PAUSED);

        happens(new Happening.Paused("by part/governor: memory"));

        assertThat(effects).isEmpty();
        assertThat(situation.fault()).hasValue(new Fault(Cause.PAUSED, "by part/governor: memory"));
    }

    @Test
    void aCameraThatIsNotPausedIsNotResumedAndAFileThatIsReadIsNotPaused() {
        happens(DUE);
        happens(FRAME);
        happens(new Happening.Resumed());
        assertThat(situation.state()).isEqualTo(CameraState.STREAMING);

        happens(new Happening.Finished(""));
        happens(new Happening.Resumed());
        happens(PAUSED);
        assertThat(situation.fault()).hasValue(new Fault(Cause.END_OF_STREAM, ""));
    }
}
