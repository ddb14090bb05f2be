package io.visionops.ingest.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StallDetectorTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long cpu;

    private static StallDetector at(int fps) {
        return new StallDetector(Duration.ofSeconds(10), fps, 0, 0);
    }

    private static Fault timeout(String words) {
        return new Fault(Cause.TIMEOUT, words);
    }

    @Test
    void theFirstFrameMayTakeTenSeconds() {
        StallDetector silence = at(5);

        assertThat(silence.judge(10 * SECOND, 0, () -> cpu)).isEmpty();
        assertThat(silence.judge(10 * SECOND + 1, 0, () -> cpu))
                .contains(timeout("no first frame within 10 s"));
    }

    @Test
    void afterAFrameThreeSecondsAreTooLong() {
        StallDetector silence = at(5);
        silence.frame(SECOND, 100);

        assertThat(silence.judge(4 * SECOND, 100, () -> cpu)).isEmpty();
        assertThat(silence.judge(4 * SECOND + 1, 100, () -> cpu))
                .contains(timeout("no frame for 3 s"));
    }

    @Test
    void aSlowRateGetsFiveFrameTimes() {
        StallDetector silence = at(1);
        silence.frame(0, 100);

        assertThat(silence.judge(5 * SECOND, 100, () -> cpu)).isEmpty();
        assertThat(silence.judge(5 * SECOND + 1, 100, () -> cpu))
                .contains(timeout("no frame for 5 s"));
    }

    @Test
    void bytesWithoutAFrameAreSaidSo() {
        StallDetector silence = at(5);

        Optional<Fault> beforeTheFirst = silence.judge(11 * SECOND, 60, () -> cpu);
        silence.frame(11 * SECOND, 100);
        Optional<Fault> later = silence.judge(15 * SECOND, 101, () -> cpu);

        assertThat(beforeTheFirst).contains(timeout("bytes come, but no first frame within 10 s"));
        assertThat(later).contains(timeout("bytes come, but no frame for 3 s"));
    }

    @Test
    void whoIsHeldUpByItsConsumerIsNotSilent() {
        StallDetector silence = at(5);
        silence.frame(0, 100);

        silence.progress(20 * SECOND, 100);

        assertThat(silence.judge(22 * SECOND, 100, () -> cpu)).isEmpty();
    }

    @Test
    void aDecoderThatIsBusyButGivesNoFrameHasAStreamThatItCannotUse() {
        StallDetector silence = at(5);
        silence.frame(0, 100);
        cpu = SECOND;

        assertThat(silence.judge(2 * SECOND, 100, () -> cpu)).isEmpty();
        cpu += SECOND / 50;

        assertThat(silence.judge(4 * SECOND, 100, () -> cpu))
                .hasValueSatisfying(
                        fault -> {
                            assertThat(fault.cause()).isEqualTo(Cause.CODEC);
                            assertThat(fault.detail()).contains("its time stands still");
                        });
    }

    @Test
    void howOftenKeyFramesComeIsLearnt() {
        StallDetector silence = new StallDetector(Duration.ofSeconds(10), 0, 0, 0);
        silence.frame(0, 100);
        assertThat(silence.judge(30 * SECOND, 100, () -> cpu)).isEmpty();

        silence.frame(4 * SECOND, 200);

        assertThat(silence.judge(16 * SECOND, 200, () -> cpu)).isEmpty();
        assertThat(silence.judge(16 * SECOND + 1, 200, () -> cpu)).isPresent();
    }
}
