package io.visionops.inference.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    private final Assignment assignment = new Assignment();

    @Test
    void takesTheCheapestWholeNotTheCheapestPair() {
        double[][] cost = {{1, 2}, {2, 9}};

        int[] columns = assignment.solve(cost, 2, 2, 100);

        assertThat(columns).startsWith(1, 0);
    }

    @Test
    void leavesARowAloneWhenThatIsCheaper() {
        double[][] cost = {{3, 8}, {2, 8}};

        int[] columns = assignment.solve(cost, 2, 2, 5);

        assertThat(columns).startsWith(Assignment.NONE, 0);
    }

    @Test
    void worksWithoutRowsOrColumns() {
        assertThat(assignment.solve(new double[0][0], 0, 3, 1)).isEmpty();
        assertThat(assignment.solve(new double[2][0], 2, 0, 1))
                .startsWith(Assignment.NONE, Assignment.NONE);
    }

    @Test
    void neverPairsWhatIsForbidden() {
        double[][] cost = {{Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}, {0.5, 0.1}};

        int[] columns = assignment.solve(cost, 2, 2, 1);

        assertThat(columns).startsWith(Assignment.NONE, 1);
    }

    @Test
    void isAsCheapAsTheBestOfAllPossibilities() {
        Random random = new Random(7);
        for (int problem = 0; problem < 3000; problem++) {
            int rows = random.nextInt(6);
            int columns = random.nextInt(6);
            double alone = random.nextDouble() * 1.5 - 0.25;
            double[][] cost = new double[rows][columns];
            for (double[] row : cost) {
                for (int column = 0; column < columns; column++) {
                    // Coarse values, so that ties happen too.
                    row[column] =
                            random.nextInt(8) == 0
                                    ? Double.POSITIVE_INFINITY
                                    : random.nextInt(20) / 16.0 - 0.125;
                }
            }

            int[] found = assignment.solve(cost, rows, columns, alone);

            assertThat(total(cost, found, rows, columns, alone))
                    .isCloseTo(best(cost, 0, 0, columns, alone), within(1e-9));
        }
    }

    private static double total(double[][] cost, int[] found, int rows, int columns, double alone) {
        boolean[] taken = new boolean[columns];
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            if (found[row] == Assignment.NONE) {
                sum += alone;
            } else {
                assertThat(taken[found[row]]).isFalse();
                taken[found[row]] = true;
                sum += cost[row][found[row]];
            }
        }
        return sum;
    }

    private static double best(double[][] cost, int row, int taken, int columns, double alone) {
        if (row == cost.length) {
            return 0;
        }
        double best = alone + best(cost, row + 1, taken, columns, alone);
        for (int column = 0; column < columns; column++) {
            if ((taken & 1 << column) == 0) {
                double rest = best(cost, row + 1, taken | 1 << column, columns, alone);
                best = Math.min(best, cost[row][column] + rest);
            }
        }
        return best;
    }
}
