package io.visionops.inference.internal.pipeline;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detector;
import io.visionops.api.frame.Frame;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Zone;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.inference.internal.track.Track;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is found in the frames of one camera, as facts for the journal: what is counted there at
 * all, where the objects are, and what belongs to an event. Used by one thread.
 */
final class FrameFacts {

    private final CameraSettings camera;
    private final boolean withSnapshots;
    private final Snapshots snapshots = new Snapshots();

    /** What is counted: what the camera asks for and the detector finds. */
    private Set<String> labels = Set.of();

    /** Since when the counters are known to count; null before that is told. */
    private @Nullable Instant announced;

    /**
     * @param withSnapshots events get a picture
     */
    FrameFacts(CameraSettings camera, boolean withSnapshots) {
        this.camera = camera;
        this.withSnapshots = withSnapshots;
    }

    /** Another detector is at work from now on; what it does not find is not counted. */
    void detectorChanged(Detector detector) {
        Set<String> found = new TreeSet<>(camera.analysis().objects());
        found.retainAll(detector.labels());
        if (!found.equals(labels)) {
            labels = found;
            announced = null;
        }
    }

    /**
     * What is counted from a frame on.
     *
     * @return empty when that is told already
     */
    Optional<Fact> counters(Instant capturedAt) {
        // Another film under the same name may be an older one.
        if (announced != null && !capturedAt.isBefore(announced)) {
            return Optional.empty();
        }
        announced = capturedAt;
        DetectionSettings analysis = camera.analysis();
        return Optional.of(
                new Fact.Counters(
                        camera.name(),
                        capturedAt,
                        analysis.lines().stream().map(Line::name).toList(),
                        analysis.zones().stream().map(Zone::name).toList(),
                        List.copyOf(labels)));
    }

    /** Where the objects are in a frame. */
    Fact tracks(Frame frame, List<Track> tracks) {
        List<Fact.Tracked> all = new ArrayList<>(tracks.size());
        for (Track track : tracks) {
            all.add(new Fact.Tracked(track.id(), track.label(), track.score(), track.box()));
        }
        return new Fact.Tracks(camera.name(), frame.sequence(), frame.capturedAt(), all);
    }

    /**
     * What belongs to an event.
     *
     * @param frame in which it happened
     * @param now nanoseconds of capture time
     */
    List<Fact> of(Event event, Frame frame, long now) {
        List<Fact> facts = new ArrayList<>();
        if (event.type().equals(Event.Type.CROSSING)) {
            facts.add(
                    new Fact.Crossing(
                            camera.name(),
                            event.time(),
                            event.line().orElseThrow(),
                            event.label().orElseThrow(),
                            event.direction().orElseThrow()));
        }
        if (withSnapshots) {
            snapshots
                    .take(frame, event.box(), now)
                    .ifPresent(jpeg -> facts.add(new Fact.Snapshot(camera.name(), jpeg)));
        }
        return facts;
    }
}
