package io.visionops.inference.internal.pipeline;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Zone;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.inference.internal.count.ZoneCount;
import io.visionops.inference.internal.detector.DetectorBinding;
import io.visionops.inference.internal.handover.CameraMemory;
import io.visionops.inference.internal.track.Track;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the frames of one camera, one after the other: gate, detector, tracker, counter,
 * journal. Used by one thread; {@link #status} by any.
 */
final class FramePipeline implements AutoCloseable {

    /** While objects are followed, the detector sees at least one frame in this time. */
    private static final long LONGEST_UNSEEN = 1_000_000_000L;

    private final CameraSettings camera;
    private final DetectorBinding seat;
    private final AnalysisContext tools;
    private final FactBatch findings;
    private final Snapshots snapshots = new Snapshots();
    private final Latencies detections = new Latencies();
    private final FrameRate rate;
    private final TrackingStage following;

    /** Made when a detector wants it: it needs native libraries. */
    private @Nullable Gate gate;

    private @Nullable Detector knownDetector;

    /** It has not seen a frame yet, so what stands still in the picture is not known. */
    private boolean unmet;

    private Set<String> labels = Set.of();

    /** Since when the counters are known to count; null before that is told. */
    private @Nullable Instant announced;

    /** What the detector would find again in a frame in which nothing moves. */
    private List<Detection> still = List.of();

    /** On the time line of {@link TrackingStage#nanos}. */
    private long lastDetection;

    private volatile Optional<Instant> lastAnalysed = Optional.empty();
    private volatile Map<String, Integer> objects = Map.of();
    private volatile List<ZoneCount> zones = List.of();

    /**
     * @param memory what an earlier analysis of this camera knew
     */
    FramePipeline(
            CameraSettings camera,
            DetectorBinding seat,
            AnalysisContext tools,
            Optional<CameraMemory> memory) {
        this.camera = camera;
        this.seat = seat;
        this.tools = tools;
        this.findings =
                new FactBatch(
                        camera.name(),
                        camera.analysis().fps(),
                        tools.ids(),
                        tools.journal(),
                        tools.ticker(),
                        delay -> tools.figures().committed(camera.name(), delay));
        this.rate = new FrameRate(tools.ticker());
        this.following = new TrackingStage(camera, tools.ids(), memory);
        memory.filter(CameraMemory::last)
                .map(CameraMemory::capturedAt)
                .ifPresent(findings::continueAfter);
    }

    /**
     * Looks at a frame.
     *
     * @param wanted asked once the detector has answered: false when nobody waits for this analysis
     *     any more
     * @return what to settle it with
     * @throws DetectorException when the detector failed; nothing is known of the frame then
     */
    FrameOutcome look(Frame frame, BooleanSupplier wanted) throws DetectorException {
        Detector detector = seat.detector().orElse(null);
        if (detector == null) {
            return FrameOutcome.ABANDONED;
        }
        if (detector != knownDetector) {
            meet(detector);
        }
        boolean gated = passesUnseen(frame, detector);
        List<Detection> found = still;
        if (!gated) {
            Optional<List<Detection>> answer = detect(frame, detector);
            if (answer.isEmpty() || !wanted.getAsBoolean()) {
                return FrameOutcome.ABANDONED;
            }
            found = ofInterest(answer.get());
        }
        List<Track> tracks = following.follow(frame, found);
        List<Event> events = following.count(frame);
        if (!gated) {
            unmet = false;
            lastDetection = following.nanos();
            still = detector.gated() ? detections(tracks) : List.of();
        }
        report(frame, gated, tracks, events);
        return gated ? FrameOutcome.GATED : FrameOutcome.ANALYSED;
    }

    /** Passes on what was found when that is due. */
    void tick() {
        findings.tick();
    }

    /** Passes on what was found, due or not. */
    void flush() {
        findings.flush();
    }

    /** What to go on from; empty when there is nothing that needs to be known. */
    Optional<CameraMemory> memory() {
        return following.memory().map(memory -> memory.with(seat.name().orElse(null)));
    }

    AnalysisStatus status() {
        return new AnalysisStatus(
                camera.name(),
                seat.detector().map(Detector::name),
                rate.perSecond(),
                objects,
                detections.summary(),
                findings.commits().summary(),
                lastAnalysed);
    }

    /** Who stands in which zone; to be called by any thread. */
    List<ZoneCount> zones() {
        return zones;
    }

    /** Passes on everything that was found. */
    @Override
    public void close() {
        findings.flush();
        if (gate != null) {
            gate.close();
        }
    }

    private void meet(Detector detector) {
        knownDetector = detector;
        unmet = true;
        still = List.of();
        Set<String> found = new TreeSet<>(camera.analysis().objects());
        found.retainAll(detector.labels());
        if (!found.equals(labels)) {
            labels = found;
            announced = null;
        }
    }

    private boolean passesUnseen(Frame frame, Detector detector) {
        if (!detector.gated()) {
            return false;
        }
        if (gate == null) {
            gate = tools.gates().apply(camera);
        }
        if (gate.moves(frame) || unmet) {
            return false;
        }
        return following.idle()
                || following.nanosAt(frame.capturedAt()) - lastDetection < LONGEST_UNSEEN;
    }

    private Optional<List<Detection>> detect(Frame frame, Detector detector)
            throws DetectorException {
        long begin = tools.ticker().nanos();
        Optional<List<Detection>> answer = seat.detect(frame);
        long took = tools.ticker().nanos() - begin;
        detections.add(took);
        tools.figures().detected(camera.name(), detector.name(), took);
        return answer;
    }

    private List<Detection> ofInterest(List<Detection> found) {
        Set<String> wanted = camera.analysis().objects();
        for (Detection detection : found) {
            if (!wanted.contains(detection.label())) {
                return found.stream().filter(one -> wanted.contains(one.label())).toList();
            }
        }
        return found;
    }

    private static List<Detection> detections(List<Track> tracks) {
        if (tracks.isEmpty()) {
            return List.of();
        }
        List<Detection> all = new ArrayList<>(tracks.size());
        for (Track track : tracks) {
            if (track.lost() == 0) {
                all.add(new Detection(track.label(), track.score(), track.box()));
            }
        }
        return all;
    }

    private void report(Frame frame, boolean gated, List<Track> tracks, List<Event> events) {
        Instant time = frame.capturedAt();
        rate.frame();
        lastAnalysed = Optional.of(time);
        objects = byLabel(tracks);
        if (announced == null || time.isBefore(announced)) {
            // Another film under the same name may be an older one.
            announced = time;
            findings.add(counters(time));
        }
        if (!gated && !tracks.isEmpty()) {
            findings.add(new Fact.Tracks(camera.name(), frame.sequence(), time, tracked(tracks)));
        }
        zones = following.occupancy();
        findings.looked(time, frame.completedNanos(), zones);
        for (Event event : events) {
            findings.happened(event, facts(event, frame));
        }
        findings.tick();
    }

    private Fact counters(Instant time) {
        DetectionSettings analysis = camera.analysis();
        return new Fact.Counters(
                camera.name(),
                time,
                analysis.lines().stream().map(Line::name).toList(),
                analysis.zones().stream().map(Zone::name).toList(),
                List.copyOf(labels));
    }

    private static List<Fact.Tracked> tracked(List<Track> tracks) {
        List<Fact.Tracked> all = new ArrayList<>(tracks.size());
        for (Track track : tracks) {
            all.add(new Fact.Tracked(track.id(), track.label(), track.score(), track.box()));
        }
        return all;
    }

    private List<Fact> facts(Event event, Frame frame) {
        List<Fact> facts = new ArrayList<>();
        if (event.type().equals(Event.Type.CROSSING)) {
            tools.figures()
                    .crossed(
                            camera.name(),
                            event.line().orElseThrow(),
                            event.label().orElseThrow(),
                            event.direction().orElseThrow().word());
            facts.add(
                    new Fact.Crossing(
                            camera.name(),
                            event.time(),
                            event.line().orElseThrow(),
                            event.label().orElseThrow(),
                            event.direction().orElseThrow()));
        }
        if (tools.snapshots()) {
            snapshots
                    .take(frame, event.box(), following.nanos())
                    .ifPresent(jpeg -> facts.add(new Fact.Snapshot(camera.name(), jpeg)));
        }
        return facts;
    }

    private static Map<String, Integer> byLabel(List<Track> tracks) {
        if (tracks.isEmpty()) {
            return Map.of();
        }
        Map<String, Integer> count = new HashMap<>();
        for (Track track : tracks) {
            count.merge(track.label(), 1, Integer::sum);
        }
        return count;
    }
}
