package io.visionops.inference.internal.head;

import java.nio.FloatBuffer;

/** Arithmetic on the rows of a model's output. */
final class Rows {

    private Rows() {}

    /** Which of {@code count} values from {@code from} on is the largest. */
    static int best(FloatBuffer values, int from, int count) {
        int best = 0;
        float most = values.get(from);
        for (int i = 1; i < count; i++) {
            float value = values.get(from + i);
            if (value > most) {
                most = value;
                best = i;
            }
        }
        return best;
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The mean of 0, 1, 2 ... weighted with the exponentials of {@code count} values. */
    static double expectation(FloatBuffer values, int from, int count) {
        double most = values.get(from);
        for (int i = 1; i < count; i++) {
            most = Math.max(most, values.get(from + i));
        }
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < count; i++) {
            double e = Math.exp(values.get(from + i) - most);
            sum += e;
            weighted += i * e;
        }
        return weighted / sum;
    }
}
