package io.visionops.ingest.internal.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When to knock, and what an answer means. */
class ProbeScheduleTest {

    private static final long SECOND = 1_000_000_000L;

    private final ProbeSchedule bell =
            new ProbeSchedule(Duration.ofSeconds(1), false, 0, () -> 0.5);

    @Test
    void theFirstKnockIsDueAtOnceAndTheNextAfterTheInterval() {
        assertThat(bell.isDue(0)).isTrue();

        bell.unanswered(0);

        assertThat(bell.isDue(SECOND - 1)).isFalse();
        assertThat(bell.isDue(SECOND)).isTrue();
    }

    @Test
    void aCameraThatAnswersAtOnceWasThereAllAlong() {
        assertThat(bell.answered(0, SECOND / 100)).isFalse();

        assertThat(bell.isSettled()).isTrue();
        assertThat(bell.isDue(100 * SECOND)).isFalse();
    }

    @Test
    void anAnswerAfterSilenceIsNews() {
        bell.unanswered(0);

        assertThat(bell.answered(SECOND, SECOND + 1)).isTrue();
        assertThat(bell.isSettled()).isTrue();
    }

    @Test
    void whoWasSilentBeforeIsNewsWithItsFirstAnswer() {
        ProbeSchedule next = new ProbeSchedule(Duration.ofSeconds(1), true, 0, () -> 0.5);
        assertThat(next.isSilent()).isTrue();

        assertThat(next.answered(0, SECOND / 100)).isTrue();

        assertThat(next.isSilent()).isFalse();
    }

    @Test
    void aLateAnswerIsNewsBecauseTheCameraWasFrozen() {
        assertThat(bell.answered(0, ProbeSchedule.LATE.toNanos())).isTrue();
    }

    @Test
    void aKnockIsGivenUpAfterItsTime() {
        assertThat(ProbeSchedule.isOver(5, 4 + ProbeSchedule.LIMIT.toNanos())).isFalse();
        assertThat(ProbeSchedule.isOver(5, 5 + ProbeSchedule.LIMIT.toNanos())).isTrue();
    }

    @Test
    void camerasThatWereLostTogetherAreNotKnockedAtTogether() {
        ProbeSchedule early = new ProbeSchedule(Duration.ofSeconds(10), false, 0, () -> 0);
        ProbeSchedule late = new ProbeSchedule(Duration.ofSeconds(10), false, 0, () -> 1);

        early.unanswered(0);
        late.unanswered(0);

        assertThat(early.next()).isEqualTo(8 * SECOND);
        assertThat(late.next()).isEqualTo(12 * SECOND);
    }
}
