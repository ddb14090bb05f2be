package io.visionops.support.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.recovery.RecoveryAction.Scope;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TimedRepairTest {

    private static final Subject FRONT = Subject.camera("front");
    private static final Actor ANNA = Actor.user("anna");

    private static TimedRepair repair(Duration deadline, TimedRepair.Repair repair) {
        return new TimedRepair(
                "test.mend", Scope.CHILD, "nothing", deadline, () -> List.of(FRONT), repair);
    }

    private static TimedRepair repair(TimedRepair.Repair repair) {
        return repair(Duration.ofSeconds(20), repair);
    }

    @Test
    void whatTheRepairSaysIsTheResult() {
        try (TimedRepair mend =
                repair((target, reason, actor) -> RecoveryResult.done(target + " " + actor))) {
            assertThat(mend.run(FRONT, "it is silent", ANNA))
                    .isEqualTo(RecoveryResult.done("camera/front user/anna"));
            assertThat(mend.run(FRONT, "it is silent", ANNA).done()).isTrue();
        }
    }

    @Test
    void aTargetThatIsNoneIsRefused() {
        try (TimedRepair mend = repair((target, reason, actor) -> RecoveryResult.done(""))) {
            assertThatThrownBy(() -> mend.run(Subject.camera("yard"), "", ANNA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("test.mend cannot be asked for camera/yard");
        }
    }

    @Test
    void aRepairThatThrowsHasFailedInItsWords() {
        try (TimedRepair mend =
                repair(
                        (target, reason, actor) -> {
                            throw new IOException("no such file");
                        })) {
            assertThat(mend.run(FRONT, "", ANNA)).isEqualTo(RecoveryResult.failed("no such file"));
        }
    }

    @Test
    void aRepairThatHangsHasFailedAtItsDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        try (TimedRepair mend =
                repair(
                        Duration.ofMillis(50),
                        (target, reason, actor) -> {
                            never.await();
                            return RecoveryResult.done("");
                        })) {
            RecoveryResult result = mend.run(FRONT, "", ANNA);

            assertThat(result.done()).isFalse();
            assertThat(result.detail()).startsWith("not done within");
        }
    }

    @Test
    void whileOneHangsAnotherIsRefusedAtOnce() {
        CountDownLatch over = new CountDownLatch(1);
        try (TimedRepair mend =
                repair(
                        Duration.ofMillis(50),
                        (target, reason, actor) -> {
                            boolean done = false;
                            while (!done) {
                                done = awaitUninterrupted(over);
                            }
                            return RecoveryResult.done("");
                        })) {
            mend.run(FRONT, "", ANNA);

            assertThat(mend.run(FRONT, "", ANNA).detail())
                    .startsWith("another test.mend is under way");
            over.countDown();
        }
    }

    private static boolean awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
