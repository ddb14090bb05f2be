package io.visionops.inference.internal.track;

import io.visionops.inference.internal.track.TrackerState.AxisState;

/**
 * A Kalman filter for one coordinate that moves at a nearly constant speed: position, speed and
 * their covariance. Acceleration is white noise (Bar-Shalom, Li and Kirubarajan, "Estimation with
 * Applications to Tracking and Navigation", 2001, section 6.2), so that one long step is the same
 * as many short ones, whatever the frame rate.
 */
final class Axis {

    private double position;
    private double speed;
    private double positionVariance;
    private double covariance;
    private double speedVariance;

    Axis(double position, double variance, double speedVariance) {
        this.position = position;
        this.positionVariance = variance;
        this.speedVariance = speedVariance;
    }

    Axis(AxisState state) {
        position = state.position();
        speed = state.speed();
        positionVariance = state.positionVariance();
        covariance = state.covariance();
        speedVariance = state.speedVariance();
    }

    double position() {
        return position;
    }

    /** What a measurement with that variance of its own is expected to deviate. */
    double spread(double variance) {
        return positionVariance + variance;
    }

    /**
     * @param density of the acceleration
     */
    void predict(double seconds, double density) {
        double t = seconds;
        position += speed * t;
        positionVariance += t * (2 * covariance + t * speedVariance) + density * t * t * t / 3;
        covariance += t * speedVariance + density * t * t / 2;
        speedVariance += density * t;
    }

    /** Stays where it is and forgets its speed. */
    void rest(double drift, double most, double newSpeedVariance) {
        speed = 0;
        if (positionVariance < most) {
            positionVariance += drift;
        }
        covariance = 0;
        speedVariance = newSpeedVariance;
    }

    void measure(double value, double variance) {
        double spread = spread(variance);
        double gain = positionVariance / spread;
        double speedGain = covariance / spread;
        double surprise = value - position;
        position += gain * surprise;
        speed += speedGain * surprise;
        speedVariance -= speedGain * covariance;
        covariance *= 1 - gain;
        positionVariance *= 1 - gain;
    }

    AxisState save() {
        return new AxisState(position, speed, positionVariance, covariance, speedVariance);
    }
}
