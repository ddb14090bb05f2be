package io.visionops.inference.internal.pipeline;

import io.visionops.api.camera.Camera;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The analyses of the cameras that are there: started and stopped with their cameras, at most one
 * of a name at work. Thread-safe; no lock is held while an analysis is waited for.
 */
final class AnalysisRegistry {

    /** For the frame at hand of a camera that goes; the second half of it under an interrupt. */
    private static final long CAMERA_LIMIT = TimeUnit.SECONDS.toNanos(1);

    /** Since the begin of the stop, for: the last frames, their interrupted ends, checkpoints. */
    private static final long PATIENT_LIMIT = TimeUnit.MILLISECONDS.toNanos(1000);

    private static final long FRAMES_LIMIT = TimeUnit.MILLISECONDS.toNanos(2500);
    private static final long CHECKPOINT_LIMIT = TimeUnit.MILLISECONDS.toNanos(3500);

    private static final Logger LOG = LoggerFactory.getLogger(AnalysisRegistry.class);

    private final AnalysisContext tools;

    /** Guarded by "this". */
    private final IdentityHashMap<Camera, CameraAnalysis> running = new IdentityHashMap<>();

    /** Of every camera the newest analysis, which may have ended. Guarded by "this". */
    private final Map<String, CameraAnalysis> newest = new TreeMap<>();

    /** Guarded by "this". */
    private boolean closed;

    AnalysisRegistry(AnalysisContext tools) {
        this.tools = tools;
    }

    /** Those of the cameras that are there. */
    synchronized List<CameraAnalysis> all() {
        return new ArrayList<>(running.values());
    }

    /** Starts the analysis of a camera, unless that is disabled. */
    synchronized void add(Camera camera) {
        if (closed || !camera.settings().enabled()) {
            return;
        }
        newest.values().removeIf(CameraAnalysis::hasEnded);
        String name = camera.settings().name();
        Optional<CameraAnalysis> predecessor = Optional.ofNullable(newest.get(name));
        // The same camera with other settings may come before the old service has gone.
        predecessor.ifPresent(CameraAnalysis::requestStop);
        CameraAnalysis analysis = new CameraAnalysis(camera, tools, predecessor);
        newest.put(name, analysis);
        running.put(camera, analysis);
        analysis.start();
    }

    /** Stops the analysis of a camera that goes, and waits a second for it at most. */
    void remove(Camera camera) throws InterruptedException {
        CameraAnalysis analysis;
        synchronized (this) {
            analysis = running.remove(camera);
        }
        if (analysis != null) {
            analysis.requestStop();
            // Its frames are in memory that the camera owns; give it the chance to end first.
            if (!analysis.awaitEnd(CAMERA_LIMIT / 2)) {
                analysis.insist();
                analysis.awaitEnd(CAMERA_LIMIT / 2);
            }
        }
    }

    /**
     * Stops all of them and waits for their last checkpoints, whatever a detector does; none is
     * started any more.
     *
     * @param begin of the stop, by {@link System#nanoTime}; the limits are counted from there
     * @return false when that was done before
     */
    boolean close(long begin) throws InterruptedException {
        List<CameraAnalysis> all;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            all = List.copyOf(newest.values());
            running.clear();
        }
        all.forEach(CameraAnalysis::requestStop);
        for (CameraAnalysis analysis : all) {
            if (!analysis.awaitEnd(begin + PATIENT_LIMIT - System.nanoTime())) {
                analysis.insist();
            }
        }
        for (CameraAnalysis analysis : all) {
            if (!analysis.awaitEnd(begin + FRAMES_LIMIT - System.nanoTime())) {
                analysis.abandon();
            }
        }
        awaitCheckpoints(all, begin + CHECKPOINT_LIMIT);
        return true;
    }

    private static void awaitCheckpoints(List<CameraAnalysis> all, long deadline)
            throws InterruptedException {
        for (CameraAnalysis analysis : all) {
            try {
                analysis.lastCheckpoint()
                        .get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("camera {}: the checkpoint was not written", analysis.name(), e);
            }
        }
    }
}
