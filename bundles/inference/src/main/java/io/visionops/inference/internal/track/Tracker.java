package io.visionops.inference.internal.track;

import io.visionops.api.detect.Detection;
import io.visionops.inference.internal.track.TrackerState.TrackState;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows the objects of one camera from frame to frame. Used by one thread.
 *
 * <p>Association goes in two stages as in ByteTrack (Zhang et al., ECCV 2022): sure detections
 * first, then the weak ones for objects that nobody has seen yet. An object out of sight is
 * remembered; its place grows uncertain with time, and when it is found again the filter corrects
 * its speed by the whole distance (what OC-SORT, Cao et al., CVPR 2023, gets by a virtual path).
 */
public final class Tracker {

    private final Tuning tuning;
    private final double minScore;
    private final double aspect;
    private final Association association;
    private final List<Track> tracks = new ArrayList<>();
    private final List<Track> reported = new ArrayList<>();
    private final List<Observation> sure = new ArrayList<>();
    private final List<Observation> weak = new ArrayList<>();
    private final List<Track> known = new ArrayList<>();
    private final List<Track> fresh = new ArrayList<>();
    private long nextId = 1;

    /**
     * @param minScore detections below do not start an object, 0..1; those above 0.1 help to keep
     *     one
     * @param aspect width by height of the picture in pixels
     */
    public Tracker(double minScore, double aspect) {
        this(minScore, aspect, Tuning.DEFAULT);
    }

    Tracker(double minScore, double aspect, Tuning tuning) {
        this.tuning = tuning;
        this.minScore = minScore;
        this.aspect = aspect;
        this.association = new Association(tuning);
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
        if (tracks.isEmpty() && detections.isEmpty()) {
            return reported;
        }
        for (Track track : tracks) {
            track.pass(seconds);
        }
        sort(detections);
        associate(seconds);
        start();
        forget(seconds);
        report();
        return reported;
    }

    private void sort(List<Detection> detections) {
        sure.clear();
        weak.clear();
        for (Detection detection : detections) {
            if (detection.score() >= tuning.lowScore()) {
                Observation look = Observation.of(detection, aspect);
                (look.score() >= minScore ? sure : weak).add(look);
            }
        }
        for (int i = weak.size() - 1; i >= 0; i--) {
            if (isShadow(weak.get(i))) {
                weak.remove(i);
            }
        }
    }

    /** A second, weaker box of one object: detectors differ in how many of those they leave. */
    private boolean isShadow(Observation look) {
        for (Observation better : sure) {
            if (better.overlap(look) > tuning.same()) {
                return true;
            }
        }
        for (Observation better : weak) {
            if (better.score() > look.score() && better.overlap(look) > tuning.same()) {
                return true;
            }
        }
        return false;
    }

    private void associate(double seconds) {
        known.clear();
        fresh.clear();
        for (Track track : tracks) {
            (track.established() ? known : fresh).add(track);
        }
        association.pair(known, sure, true);
        // A weak detection is no reason to believe that someone is back.
        for (int i = known.size() - 1; i >= 0; i--) {
            if (known.get(i).lost() > seconds) {
                known.remove(i);
            }
        }
        association.pair(known, weak, false);
        association.pair(fresh, sure, true);
        association.pair(fresh, weak, false);
    }

    private void start() {
        for (Observation look : sure) {
            if (!covered(look)) {
                tracks.add(new Track(tuning, look, aspect));
            }
        }
    }

    /** A second box of what was just seen is no second object. */
    private boolean covered(Observation look) {
        for (Track track : tracks) {
            if (track.lost() == 0 && track.body().overlap(look) > tuning.same()) {
                return true;
            }
        }
        return false;
    }

    private void forget(double seconds) {
        for (int i = tracks.size() - 1; i >= 0; i--) {
            if (isGone(tracks.get(i), seconds)) {
                tracks.remove(i);
            }
        }
    }

    private boolean isGone(Track track, double seconds) {
        if (track.lost() == 0) {
            return false;
        }
        if (!track.established()) {
            return track.lost() > 1.5 * seconds;
        }
        if (track.lost() > track.memory()) {
            return true;
        }
        // It has left the picture.
        BoxKalmanFilter body = track.body();
        return body.x() < 0 || body.x() > aspect || body.y() < 0 || body.y() > 1;
    }

    private void report() {
        for (Track track : tracks) {
            if (!track.confirmed() && track.convincing(minScore)) {
                track.confirm(nextId++);
            }
            if (track.believable()) {
                track.settle();
                reported.add(track);
            }
        }
    }

    /** True while nothing is followed: a frame without detections then changes nothing. */
    public boolean idle() {
        return tracks.isEmpty();
    }

    /** What it knows now. */
    public TrackerState save() {
        List<TrackState> states = new ArrayList<>(tracks.size());
        for (Track track : tracks) {
            states.add(track.save());
        }
        return new TrackerState(TrackerState.VERSION, nextId, states);
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
        tracks.clear();
        for (TrackState track : state.tracks()) {
            tracks.add(new Track(tuning, track, aspect));
        }
        nextId = Math.max(nextId, state.nextId());
    }
}
