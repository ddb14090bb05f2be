package io.visionops.inference.internal.track;

import io.visionops.api.geometry.Box;

/**
 * One object and what is known of it; changes with the next {@link Tracker#update}. Used by the
 * tracker's thread alone.
 */
public final class Track {

    private final long id;
    private final String label;
    private Box box;
    private double score;
    private double best;
    private double age;
    private double lost;
    private int hits = 1;

    Track(long id, String label, double score, Box box) {
        this.id = id;
        this.label = label;
        this.score = score;
        this.best = score;
        this.box = box;
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

    /** Seconds since it was first seen. */
    public double age() {
        return age;
    }

    /** Frames in which it was seen. */
    public int hits() {
        return hits;
    }

    /** Seen often enough to be reported and counted. */
    public boolean confirmed() {
        return hits >= 3;
    }

    /** Seconds since it was last seen; 0 when it is seen in this frame. */
    public double lost() {
        return lost;
    }

    /** It has not left its place for a while, like a parked car. */
    public boolean stationary() {
        return false;
    }

    void seen(double newScore, Box newBox) {
        score = newScore;
        best = Math.max(best, newScore);
        box = newBox;
        lost = 0;
        hits++;
    }

    void pass(double seconds) {
        age += seconds;
        lost += seconds;
    }
}
