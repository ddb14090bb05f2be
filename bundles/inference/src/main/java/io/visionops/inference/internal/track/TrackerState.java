package io.visionops.inference.internal.track;

import java.util.List;

/**
 * What a tracker knows, as a document: its record components are the JSON fields. Places and
 * lengths are in picture heights, times in seconds.
 *
 * @param version of this form, 1
 * @param nextId the identity that the next new object gets
 */
public record TrackerState(int version, long nextId, List<TrackState> tracks) {

    public static final int VERSION = 1;

    public TrackerState {
        tracks = List.copyOf(tracks);
    }

    /**
     * One object.
     *
     * @param id 0 while it is not confirmed and has none
     * @param scoreSum of all its detections
     * @param doubt since it was last seen well
     * @param birthX centre of the box in which it was first seen
     * @param birthHeight of that box
     * @param stillX the place that it has not left for {@code still} seconds
     */
    public record TrackState(
            long id,
            String label,
            double score,
            double best,
            double scoreSum,
            int hits,
            double age,
            double lost,
            double doubt,
            boolean confirmed,
            double birthX,
            double birthY,
            double birthHeight,
            double stillX,
            double stillY,
            double still,
            BodyState body) {}

    /** Place, size and speed of an object. */
    public record BodyState(AxisState x, AxisState y, ExtentState width, ExtentState height) {}

    /** One coordinate. */
    public record AxisState(
            double position,
            double speed,
            double positionVariance,
            double covariance,
            double speedVariance) {}

    /** A width or a height. */
    public record ExtentState(double length, double variance) {}
}
