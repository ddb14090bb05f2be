package io.visionops.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TheilSenTest {

    @Test
    void twoWildPointsInSevenDoNotTurnTheLine() {
        double[] x = {0, 1, 2, 3, 5, 6, 7};
        double[] y = {1, 3, 500, 7, 11, -900, 15};

        assertThat(TheilSen.slope(x, y)).isEqualTo(2);
    }

    @Test
    void lessThanTwoPointsHaveNoSlope() {
        assertThat(TheilSen.slope(new double[] {1}, new double[] {5})).isZero();
        assertThat(TheilSen.slope(new double[0], new double[0])).isZero();
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        double[] values = {4, 1, 3, 2};

        assertThat(TheilSen.median(values)).isEqualTo(2.5);
        assertThat(values).containsExactly(4, 1, 3, 2);
        assertThat(TheilSen.median(new double[] {9, 1, 2})).isEqualTo(2);
        assertThat(TheilSen.median(new double[0])).isZero();
    }
}
