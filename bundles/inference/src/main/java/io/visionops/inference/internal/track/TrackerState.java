package io.visionops.inference.internal.track;

import java.util.List;

/**
 * What a tracker knows, as a document: its record components are the JSON fields.
 *
 * @param version of this form, 1
 * @param nextId the identity that the next new object gets
 */
public record TrackerState(int version, long nextId, List<TrackState> tracks) {

    public static final int VERSION = 1;

    public TrackerState {
        tracks = List.copyOf(tracks);
    }

    /** One object. */
    public record TrackState(long id, String label) {}
}
