package io.visionops.inference.internal.track;

import io.visionops.api.detect.Detection;
import java.util.ArrayList;
import java.util.List;

/** Follows the objects of one camera from frame to frame. Used by one thread. */
public final class Tracker {

    private final double minScore;
    private final List<Track> tracks = new ArrayList<>();
    private final List<Track> reported = new ArrayList<>();
    private long nextId = 1;

    /**
     * @param minScore detections below do not start an object, 0..1; those above 0.1 help to keep
     *     one
     * @param aspect width by height of the picture in pixels
     */
    public Tracker(double minScore, double aspect) {
        this.minScore = minScore;
    }

    /**
     * Takes what was found in a frame.
     *
     * @param detections every detection of the labels of interest, low scores included, in no order
     * @param seconds since the previous frame by capture time, dropped frames included; after a
     *     restore since the frame before the save; 0 for the first frame
     * @param frame sequence number of the frame
     * @return the confirmed objects that are seen in this frame or, for a moment, hidden ({@link
     *     Track#lost()} above 0); valid until the next call
     */
    public List<Track> update(List<Detection> detections, double seconds, long frame) {
        reported.clear();
        for (Track track : tracks) {
            track.pass(seconds);
        }
        for (Detection detection : detections) {
            match(detection);
        }
        tracks.removeIf(track -> track.lost() > 2);
        for (Track track : tracks) {
            if (track.confirmed() && track.lost() == 0) {
                reported.add(track);
            }
        }
        return reported;
    }

    private void match(Detection detection) {
        for (Track track : tracks) {
            if (track.lost() > 0
                    && track.label().equals(detection.label())
                    && track.box().iou(detection.box()) > 0.2) {
                track.seen(detection.score(), detection.box());
                return;
            }
        }
        if (detection.score() >= minScore) {
            tracks.add(new Track(nextId++, detection.label(), detection.score(), detection.box()));
        }
    }

    /** True while nothing is followed: a frame without detections then changes nothing. */
    public boolean idle() {
        return tracks.isEmpty();
    }

    /** What it knows now. */
    public TrackerState save() {
        return new TrackerState(TrackerState.VERSION, nextId, List.of());
    }

    /**
     * Goes on from a saved state; replaces what is known. Identities continue.
     *
     * @throws IllegalArgumentException when the state's version is not known
     */
    public void restore(TrackerState state) {
        if (state.version() != TrackerState.VERSION) {
            throw new IllegalArgumentException(
                    "tracker state of version " + state.version() + ", known is 1");
        }
        nextId = Math.max(nextId, state.nextId());
    }
}
