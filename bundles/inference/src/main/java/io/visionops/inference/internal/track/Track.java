package io.visionops.inference.internal.track;

import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Point;
import io.visionops.inference.internal.track.TrackerState.TrackState;

/**
 * One object and what is known of it; changes with the next {@link Tracker#update}. Used by the
 * tracker's thread alone.
 */
public final class Track {

    private final Tuning tuning;
    private final String label;
    private final BoxKalmanFilter body;
    private final double birthX;
    private final double birthY;
    private final double birthHeight;
    private final double aspect;

    private long id;
    private double score;
    private double best;
    private double scoreSum;
    private double age;
    private double lost;
    private double doubt;
    private int hits = 1;
    private boolean confirmed;
    private double stillX;
    private double stillY;
    private double still;

    /** The last one that passed, in seconds. */
    private double step;

    private Box box;

    Track(Tuning tuning, Observation look, double aspect) {
        this.tuning = tuning;
        label = look.label();
        body = new BoxKalmanFilter(tuning, look);
        birthX = look.x();
        birthY = look.y();
        birthHeight = look.height();
        this.aspect = aspect;
        stillX = birthX;
        stillY = birthY;
        score = look.score();
        best = score;
        scoreSum = score;
        box = body.box(aspect);
    }

    Track(Tuning tuning, TrackState state, double aspect) {
        this.tuning = tuning;
        id = state.id();
        label = state.label();
        body = new BoxKalmanFilter(tuning, state.body());
        birthX = state.birthX();
        birthY = state.birthY();
        birthHeight = state.birthHeight();
        this.aspect = aspect;
        stillX = state.stillX();
        stillY = state.stillY();
        still = state.still();
        score = state.score();
        best = state.best();
        scoreSum = state.scoreSum();
        hits = state.hits();
        age = state.age();
        lost = state.lost();
        doubt = state.doubt();
        confirmed = state.confirmed();
        box = body.box(aspect);
    }

    /** Rises from 1; never given twice for a camera. */
    public long id() {
        return id;
    }

    public String label() {
        return label;
    }

    /** Of the newest detection, 0..1. */
    public double score() {
        return score;
    }

    /** The highest score so far, 0..1. */
    public double bestScore() {
        return best;
    }

    /** Where it is now by the filter; a prediction while it is not seen. */
    public Box box() {
        return box;
    }

    /** Where it stood when it was first seen: the bottom centre of its first box. */
    public Point origin() {
        return new Point(birthX / aspect, birthY + birthHeight / 2);
    }

    /** Seconds since it was first seen. */
    public double age() {
        return age;
    }

    /** Frames in which it was seen. */
    public int hits() {
        return hits;
    }

    /** Seen often and clearly enough to be reported and counted; stays so. */
    public boolean confirmed() {
        return confirmed;
    }

    /** Seconds since it was last seen; 0 when it is seen in this frame. */
    public double lost() {
        return lost;
    }

    /** It has not left its place for a while, like a parked car. */
    public boolean stationary() {
        return still >= tuning.parkedAfter();
    }

    /** Seconds that it is remembered, and keeps its identity, out of sight. */
    public double memory() {
        return stationary() ? tuning.parkedMemory() : tuning.memory();
    }

    BoxKalmanFilter body() {
        return body;
    }

    /** Seen often enough to claim detections before newcomers do. */
    boolean established() {
        return hits >= tuning.hits();
    }

    void pass(double seconds) {
        age += seconds;
        step = seconds;
        lost += seconds;
        doubt += seconds;
        if (stationary()) {
            body.rest(seconds);
        } else {
            body.predict(seconds);
        }
    }

    /**
     * Takes a detection as this object.
     *
     * @param sure the detection alone could have started an object
     */
    void see(Observation look, boolean sure) {
        body.measure(look);
        still += Math.min(lost, step);
        lost = 0;
        doubt = sure ? 0 : doubt;
        hits++;
        score = look.score();
        best = Math.max(best, score);
        scoreSum += score;
        double place = tuning.parkedWithin() * (stationary() ? 2 : 1);
        if (away(stillX, stillY) > place) {
            stillX = body.x();
            stillY = body.y();
            still = 0;
        }
    }

    /** Weak detections alone do not keep an object in the reports for long. */
    boolean believable() {
        return confirmed && lost <= tuning.bridge() && doubt <= tuning.memory();
    }

    /** Draws the box anew; the rest reads it many times. */
    void settle() {
        box = body.box(aspect);
    }

    /**
     * @param start the score that starts an object
     */
    boolean convincing(double start) {
        if (lost > 0 || !established()) {
            return false;
        }
        double mean = scoreSum / hits;
        return away(birthX, birthY) > tuning.moved()
                || mean >= start + 2 * tuning.sure()
                || age >= tuning.patience() && mean >= start + tuning.sure();
    }

    void confirm(long newId) {
        id = newId;
        confirmed = true;
    }

    private double away(double x, double y) {
        return Math.hypot(body.x() - x, body.y() - y) / body.size();
    }

    TrackState save() {
        return new TrackState(
                id,
                label,
                score,
                best,
                scoreSum,
                hits,
                age,
                lost,
                doubt,
                confirmed,
                birthX,
                birthY,
                birthHeight,
                stillX,
                stillY,
                still,
                body.save());
    }
}
