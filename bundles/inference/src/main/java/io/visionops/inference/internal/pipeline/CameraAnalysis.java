package io.visionops.inference.internal.pipeline;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import io.visionops.inference.internal.detector.DetectorBinding;
import io.visionops.inference.internal.handover.CameraCheckpoints;
import io.visionops.inference.internal.handover.CameraMemory;
import io.visionops.support.fault.MachineErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The analysis of one camera on a thread of its own: nothing that another camera, or its detector,
 * does delays it. Ends between two frames and leaves its memory behind. Thread-safe.
 */
final class CameraAnalysis {

    private static final long HANDOVER_LIMIT = TimeUnit.SECONDS.toNanos(2);

    private static final Logger LOG = LoggerFactory.getLogger(CameraAnalysis.class);

    private final Camera camera;
    private final CameraSettings settings;
    private final AnalysisContext tools;
    private final @Nullable CameraAnalysis predecessor;
    private final DetectorBinding seat;
    private final AnalysisFaults faults;
    private final CameraCheckpoints checkpoints;
    private final StoppableThread thread;
    private final FrameLoop loop;

    private volatile @Nullable FramePipeline analyst;

    /**
     * @param predecessor the analysis of the same camera that this one follows; told to stop
     *     already
     */
    CameraAnalysis(Camera camera, AnalysisContext tools, Optional<CameraAnalysis> predecessor) {
        this.camera = camera;
        this.settings = camera.settings();
        this.tools = tools;
        this.predecessor = predecessor.orElse(null);
        this.seat =
                new DetectorBinding(
                        settings,
                        tools.detectors(),
                        this::isWithoutModels,
                        tools.breakers(),
                        tools.hung(),
                        this::tell,
                        tools.clock(),
                        tools.ticker());
        this.faults =
                new AnalysisFaults(camera, tools.detectors(), seat, this::status, tools.ticker());
        this.checkpoints = new CameraCheckpoints(settings.name(), tools.memories(), tools.ticker());
        this.thread = new StoppableThread("visionops-inference-" + settings.name(), this::run);
        this.loop =
                new FrameLoop(
                        camera, seat, faults, checkpoints, thread, tools.figures(), tools.ticker());
    }

    void start() {
        thread.start();
    }

    /** Tells the thread to end; it does after the frame at hand, which it finishes. */
    void requestStop() {
        thread.requestStop();
    }

    /** Tells the thread to end at once, as far as the detector can be interrupted. */
    void insist() {
        thread.insist();
    }

    /** Returns false when the thread has not ended in time. */
    boolean awaitEnd(long atMostNanos) throws InterruptedException {
        return thread.awaitEnd(atMostNanos);
    }

    boolean hasEnded() {
        return thread.hasEnded();
    }

    /** Gives the thread up: whatever it finds from now on is not used. */
    void abandon() {
        thread.abandon();
        // Its successor is not to wait for it.
        loop.close();
        seat.abandon();
        LOG.warn(
                "camera {}: the detector does not come back, its thread is given up",
                settings.name());
    }

    /**
     * Has the thread save between two frames what it knows.
     *
     * @return completes when that is committed, false when there was nothing to save; fails when it
     *     cannot be written; stays open while the detector does not come back
     */
    CompletableFuture<Boolean> checkpoint() {
        return checkpoints.request();
    }

    /** The checkpoint that was written last. */
    CompletableFuture<Void> lastCheckpoint() {
        return checkpoints.last();
    }

    String name() {
        return settings.name();
    }

    AnalysisStatus status() {
        FramePipeline current = analyst;
        if (current != null) {
            return current.status();
        }
        AnalysisStatus.Latency none = new AnalysisStatus.Latency(Duration.ZERO, Duration.ZERO);
        return new AnalysisStatus(
                settings.name(), Optional.empty(), 0, Map.of(), none, none, Optional.empty());
    }

    AnalysisView view() {
        FramePipeline current = analyst;
        return new AnalysisView(
                status(),
                camera.counts().waiting(),
                loop.idle(),
                faults.told(),
                seat.passedOver(),
                current == null ? List.of() : current.zones());
    }

    private void run() {
        try {
            awaitPredecessor();
            Optional<CameraMemory> memory = tools.memories().recall(settings.name());
            seat.goOnFrom(
                    memory.map(CameraMemory::detector), tools.memories().learned(settings.name()));
            FramePipeline own = new FramePipeline(settings, seat, tools, memory);
            analyst = own;
            try {
                loop.run(own);
            } finally {
                finish(own);
            }
        } catch (InterruptedException e) {
            // Told to stop.
        } catch (Throwable e) {
            MachineErrors.endIf(e);
            LOG.error("camera {}: the analysis has ended", settings.name(), e);
        } finally {
            seat.close();
            loop.close();
            // It has saved at its end, unless it was given up.
            checkpoints.end(!thread.isAbandoned());
        }
    }

    private void awaitPredecessor() throws InterruptedException {
        if (predecessor != null && !predecessor.awaitEnd(HANDOVER_LIMIT)) {
            predecessor.abandon();
        }
    }

    /** Of a camera that is paused frames from before may be left. */
    private boolean isWithoutModels() {
        return camera.level().compareTo(ServiceLevel.MOTION_ONLY) <= 0;
    }

    /** Another detector is at work than should be, or that is over. */
    private void tell(Severity severity, String words) {
        UUID id = tools.ids().get();
        Event event =
                Event.of(
                        id,
                        Event.Type.DETECTOR_CHANGED,
                        Subject.camera(settings.name()),
                        severity,
                        tools.clock().instant(),
                        words);
        tools.journal().offer(settings.name(), new Entry(id, Optional.of(event), List.of()));
    }

    private void finish(FramePipeline own) {
        // Whoever told us to stop has interrupted us; the last words are still to be said.
        boolean interrupted = Thread.interrupted();
        if (!thread.isAbandoned()) {
            own.close();
            seat.close();
            seat.learned().ifPresent(known -> tools.memories().keep(settings.name(), known));
            own.memory().ifPresent(checkpoints::saveLast);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
