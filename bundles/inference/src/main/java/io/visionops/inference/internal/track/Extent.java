package io.visionops.inference.internal.track;

import io.visionops.inference.internal.track.TrackerState.ExtentState;

/** A Kalman filter for a width or a height, which changes slowly and by chance. */
final class Extent {

    private double length;
    private double variance;

    Extent(double length, double variance) {
        this.length = length;
        this.variance = variance;
    }

    Extent(ExtentState state) {
        this(state.length(), state.variance());
    }

    double length() {
        return length;
    }

    double spread(double measured) {
        return variance + measured;
    }

    void predict(double growth) {
        variance += growth;
    }

    void measure(double value, double measured) {
        double gain = variance / spread(measured);
        length += gain * (value - length);
        variance *= 1 - gain;
    }

    ExtentState save() {
        return new ExtentState(length, variance);
    }
}
