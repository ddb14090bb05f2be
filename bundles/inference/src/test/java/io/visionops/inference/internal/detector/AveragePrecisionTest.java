package io.visionops.inference.internal.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.visionops.api.detect.Detection;
import io.visionops.api.geometry.Box;
import io.visionops.inference.internal.track.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {

    private static final Box HERE = new Box(0, 0, 0.1, 0.2);
    private static final Box THERE = new Box(0.5, 0, 0.6, 0.2);

    private final AveragePrecision precision = new AveragePrecision(0.5);

    @Test
    void everythingFoundAndNothingElseIsOne() {
        precision.frame(
                List.of(new Sample(1, HERE), new Sample(2, THERE)),
                List.of(detection(0.9, THERE), detection(0.8, HERE)));

        assertThat(precision.result().average()).isEqualTo(1);
        assertThat(precision.result().f1()).isEqualTo(1);
    }

    @Test
    void aSecondBoxOnTheSameObjectIsWrong() {
        precision.frame(
                List.of(new Sample(1, HERE), new Sample(2, THERE)),
                List.of(detection(0.9, HERE), detection(0.8, HERE), detection(0.7, THERE)));

        // Recall 1/2 at precision 1, recall 1 at precision 2/3.
        assertThat(precision.result().average()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-9));
        assertThat(precision.result().limit()).isEqualTo(0.7);
    }

    @Test
    void whatIsFoundInAnotherFrameDoesNotCount() {
        precision.frame(List.of(new Sample(1, HERE)), List.of());
        precision.frame(List.of(), List.of(detection(0.9, HERE)));

        assertThat(precision.result().average()).isZero();
    }

    private static Detection detection(double score, Box box) {
        return new Detection("person", score, box);
    }
}
