package io.visionops.inference.internal.pipeline;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.Source;
import io.visionops.api.detect.Detection;
import io.visionops.api.frame.Frame;
import io.visionops.api.journal.Event;
import io.visionops.inference.internal.count.Counter;
import io.visionops.inference.internal.count.CounterState;
import io.visionops.inference.internal.count.ZoneCount;
import io.visionops.inference.internal.handover.CameraMemory;
import io.visionops.inference.internal.track.Track;
import io.visionops.inference.internal.track.Tracker;
import io.visionops.inference.internal.track.TrackerState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one camera from frame to frame, and the time between the frames. Tracker and
 * counter are made for the shape of the picture: they come with the first frame and, what they know
 * kept, anew when the shape changes. Used by one thread.
 */
final class TrackingStage {

    /** A capture clock that jumps further, or back, is not followed. */
    private static final long LONGEST_STEP = 10_000_000_000L;

    /** Objects of an earlier analysis are still there after so long at most. */
    private static final long LONGEST_BREAK = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(TrackingStage.class);

    private final CameraSettings camera;
    private final Supplier<UUID> ids;
    private @Nullable CameraMemory memory;
    private long longestStep = LONGEST_STEP;
    private @Nullable Pair pair;
    private int width;
    private int height;

    private List<Track> tracks = List.of();
    private @Nullable Instant last;
    private long sequence;
    private long nanos;
    private double seconds;

    /** A tracker and the counter that it feeds. */
    private record Pair(Tracker tracker, Counter counter) {}

    /**
     * @param memory what an earlier analysis knew
     */
    TrackingStage(CameraSettings camera, Supplier<UUID> ids, Optional<CameraMemory> memory) {
        this.camera = camera;
        this.ids = ids;
        this.memory = memory.orElse(null);
    }

    /**
     * Takes what was found in a frame.
     *
     * @return the objects in it; valid until the next call
     */
    List<Track> follow(Frame frame, List<Detection> found) {
        if (isRewound(frame)) {
            memory = memory().orElse(null);
            pair = null;
        }
        Pair current = pairFor(frame);
        long step = stepTo(frame.capturedAt());
        last = frame.capturedAt();
        sequence = frame.sequence();
        longestStep = LONGEST_STEP;
        nanos += step;
        seconds = step / 1e9;
        tracks = current.tracker().update(found, seconds, sequence);
        return tracks;
    }

    /** What happened at lines and in zones in the frame that was followed last. */
    List<Event> count(Frame frame) {
        return pairFor(frame).counter().update(tracks, seconds, frame.capturedAt());
    }

    /** True while nothing is followed. */
    boolean idle() {
        return pair == null || pair.tracker().idle();
    }

    List<ZoneCount> occupancy() {
        return pair == null ? List.of() : pair.counter().occupancy();
    }

    /** Capture time that has passed, jumps of its clock left out, up to the last frame. */
    long nanos() {
        return nanos;
    }

    /** Likewise, up to a frame that is not followed yet. */
    long nanosAt(Instant capturedAt) {
        return nanos + stepTo(capturedAt);
    }

    /** What to go on from; empty when nothing was ever followed. */
    Optional<CameraMemory> memory() {
        if (pair != null && last != null) {
            return Optional.of(
                    new CameraMemory(sequence, last, pair.tracker().save(), pair.counter().save()));
        }
        return Optional.ofNullable(memory);
    }

    private Pair pairFor(Frame frame) {
        Pair current = pair;
        if (current != null && width == frame.width() && height == frame.height()) {
            return current;
        }
        CameraMemory known = memory().orElse(null);
        width = frame.width();
        height = frame.height();
        double aspect = (double) width / height;
        Pair fresh =
                new Pair(
                        new Tracker(camera.analysis().minScore(), aspect),
                        new Counter(camera.name(), camera.analysis(), aspect, ids));
        if (known != null) {
            restore(fresh, known, frame);
        }
        pair = fresh;
        memory = null;
        return fresh;
    }

    private void restore(Pair fresh, CameraMemory known, Frame frame) {
        long away = nanosBetween(known.capturedAt(), frame.capturedAt());
        CounterState counts = known.counter();
        if (away < 0 || away > LONGEST_BREAK || begunAnew(known, frame) || counts == null) {
            continueIdentities(fresh, known);
            return;
        }
        try {
            fresh.counter().restore(counts);
            fresh.tracker().restore(known.tracker());
            last = known.capturedAt();
            longestStep = LONGEST_BREAK;
        } catch (IllegalArgumentException e) {
            LOG.warn("camera {}: starts without the objects of before", camera.name(), e);
            continueIdentities(fresh, known);
        }
    }

    /** Who walks at the end of a film is not who walks at its beginning. */
    private boolean isRewound(Frame frame) {
        return pair != null && last != null && isFilm() && frame.capturedAt().isBefore(last);
    }

    private boolean isFilm() {
        return camera.source().pace() == Source.Pace.ASAP;
    }

    /** The next read of a file has nothing to do with the end of the one before. */
    private boolean begunAnew(CameraMemory known, Frame frame) {
        return isFilm() && frame.sequence() <= known.sequence();
    }

    private static void continueIdentities(Pair fresh, CameraMemory known) {
        fresh.tracker()
                .restore(
                        new TrackerState(
                                TrackerState.VERSION, known.tracker().nextId(), List.of()));
    }

    /** Nanoseconds since the last frame, within what is believed; 0 for the first. */
    private long stepTo(Instant capturedAt) {
        return last == null
                ? 0
                : Math.max(0, Math.min(longestStep, nanosBetween(last, capturedAt)));
    }

    /** Saturated at some hundred years. */
    private static long nanosBetween(Instant from, Instant to) {
        long apart = to.getEpochSecond() - from.getEpochSecond();
        long limit = Long.MAX_VALUE / 2_000_000_000L;
        return Math.max(-limit, Math.min(limit, apart)) * 1_000_000_000L
                + to.getNano()
                - from.getNano();
    }
}
