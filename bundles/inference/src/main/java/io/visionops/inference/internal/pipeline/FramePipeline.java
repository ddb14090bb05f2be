package io.visionops.inference.internal.pipeline;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.journal.Event;
import io.visionops.inference.internal.count.ZoneCount;
import io.visionops.inference.internal.detector.DetectorBinding;
import io.visionops.inference.internal.handover.CameraMemory;
import io.visionops.inference.internal.track.Track;
import io.visionops.support.meter.RecentDurations;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the frames of one camera, one after the other: gate, detector, tracker, counter,
 * journal. Used by one thread; {@link #status} by any.
 */
final class FramePipeline implements AutoCloseable {

    private final CameraSettings camera;
    private final DetectorBinding seat;
    private final AnalysisContext tools;
    private final FactBatch findings;
    private final FrameFacts facts;
    private final DetectionGate gate;
    private final RecentDurations detections = new RecentDurations();
    private final FrameRate rate;
    private final TrackingStage following;

    private @Nullable Detector knownDetector;

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
        this.facts = new FrameFacts(camera, tools.snapshots());
        this.gate = new DetectionGate(camera, tools.gates());
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
            knownDetector = detector;
            gate.detectorChanged();
            facts.detectorChanged(detector);
        }
        boolean gated =
                gate.passesUnseen(
                        frame, detector, following.idle(), following.nanosAt(frame.capturedAt()));
        List<Detection> found = gate.still();
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
            gate.seen(detector, tracks, following.nanos());
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
                latency(detections),
                latency(findings.commits()),
                lastAnalysed);
    }

    private static AnalysisStatus.Latency latency(RecentDurations durations) {
        return new AnalysisStatus.Latency(durations.percentile(50), durations.percentile(95));
    }

    /** Who stands in which zone; to be called by any thread. */
    List<ZoneCount> zones() {
        return zones;
    }

    /** Passes on everything that was found. */
    @Override
    public void close() {
        findings.flush();
        gate.close();
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

    private void report(Frame frame, boolean gated, List<Track> tracks, List<Event> events) {
        Instant time = frame.capturedAt();
        rate.frame();
        lastAnalysed = Optional.of(time);
        objects = byLabel(tracks);
        facts.counters(time).ifPresent(findings::add);
        if (!gated && !tracks.isEmpty()) {
            findings.add(facts.tracks(frame, tracks));
        }
        zones = following.occupancy();
        findings.looked(time, frame.completedNanos(), zones);
        for (Event event : events) {
            count(event);
            findings.happened(event, facts.of(event, frame, following.nanos()));
        }
        findings.tick();
    }

    private void count(Event event) {
        if (event.type().equals(Event.Type.CROSSING)) {
            tools.figures()
                    .crossed(
                            camera.name(),
                            event.line().orElseThrow(),
                            event.label().orElseThrow(),
                            event.direction().orElseThrow().word());
        }
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
