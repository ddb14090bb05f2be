package io.visionops.ingest.internal.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When to probe, and what an answer means. */
class ProbeScheduleTest {

    private static final long SECOND = 1_000_000_000L;

    private final ProbeSchedule schedule =
            new ProbeSchedule(Duration.ofSeconds(1), false, 0, () -> 0.5);

    @Test
    void theFirstKnockIsDueAtOnceAndTheNextAfterTheInterval() {
        assertThat(schedule.isDue(0)).isTrue();

        schedule.unanswered(0);

        assertThat(schedule.isDue(SECOND - 1)).isFalse();
        assertThat(schedule.isDue(SECOND)).isTrue();
    }

    @Test
    void aCameraThatAnswersAtOnceWasThereAllAlong() {
        assertThat(schedule.answered(0, SECOND / 100)).isFalse();

        assertThat(schedule.isSettled()).isTrue();
        assertThat(schedule.isDue(100 * SECOND)).isFalse();
    }

    @Test
    void anAnswerAfterSilenceIsNews() {
        schedule.unanswered(0);

        assertThat(schedule.answered(SECOND, SECOND + 1)).isTrue();
        assertThat(schedule.isSettled()).isTrue();
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
        assertThat(schedule.answered(0, ProbeSchedule.LATE.toNanos())).isTrue();
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
