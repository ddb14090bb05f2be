package io.visionops.inference.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {

    private static final double DENSITY = 0.3;

    @Test
    void oneLongStepIsTheSameAsManyShortOnes() {
        Axis once = new Axis(1, 0.01, 4);
        Axis often = new Axis(1, 0.01, 4);

        once.predict(1, DENSITY);
        for (int i = 0; i < 100; i++) {
            often.predict(0.01, DENSITY);
        }

        assertThat(often.save().positionVariance())
                .isCloseTo(once.save().positionVariance(), within(1e-9));
        assertThat(often.save().covariance()).isCloseTo(once.save().covariance(), within(1e-9));
        assertThat(often.save().speedVariance())
                .isCloseTo(once.save().speedVariance(), within(1e-9));
    }

    @Test
    void learnsAnEvenSpeedAtAnyFrameRate() {
        for (double step : new double[] {0.04, 0.1, 0.2, 0.4}) {
            Axis axis = new Axis(0, 0.01, 4);
            for (double time = step; time < 4; time += step) {
                axis.predict(step, DENSITY);
                axis.measure(0.5 * time, 0.01);
            }

            assertThat(axis.save().speed()).isCloseTo(0.5, within(0.02));
        }
    }

    @Test
    void isCorrectedByTheWholeDistanceWhenFoundAgain() {
        Axis axis = new Axis(0, 0.01, 4);
        for (int i = 1; i <= 20; i++) {
            axis.predict(0.1, DENSITY);
            axis.measure(0.1 * i, 0.01);
        }

        // Two seconds unseen, in which it slowed down to a half.
        axis.predict(2, DENSITY);
        axis.measure(3, 0.01);

        assertThat(axis.position()).isCloseTo(3, within(0.05));
        assertThat(axis.save().speed()).isBetween(0.1, 0.6);
    }
}
