package io.visionops.ingest.internal.coverage;

import java.util.OptionalDouble;

/** A mean of values that weigh differently. Not thread-safe. */
final class Mean {

    private double sum;
    private long weight;

    void add(double value, long ofWeight) {
        sum += value * ofWeight;
        weight += ofWeight;
    }

    long weight() {
        return weight;
    }

    /** Empty when nothing was added since the last call. */
    OptionalDouble take() {
        OptionalDouble mean =
                weight == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weight);
        sum = 0;
        weight = 0;
        return mean;
    }
}
