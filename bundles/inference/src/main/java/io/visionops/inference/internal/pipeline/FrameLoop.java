package io.visionops.inference.internal.pipeline;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.Source;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.detector.DetectorBinding;
import io.visionops.inference.internal.detector.DetectorHungException;
import io.visionops.inference.internal.handover.CameraCheckpoints;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.log.LogLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the frames of one camera, one after the other, while there is a detector for them, and
 * settles each with what became of it. Run by the camera's thread; {@link #idle} and {@link #close}
 * are for any.
 */
final class FrameLoop implements AutoCloseable {

    private static final Duration WAIT = Duration.ofMillis(250);
    private static final long SWAP_LIMIT = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_AFTER_FAULT = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(FrameLoop.class);

    private final Camera camera;
    private final String name;
    private final DetectorBinding binding;
    private final AnalysisFaults faults;
    private final CameraCheckpoints checkpoints;
    private final StoppableThread thread;
    private final AnalysisFigures figures;
    private final Ticker ticker;
    private final LeasedFrames frames;
    private final BooleanSupplier wanted;
    private final LogLimit logLimit = new LogLimit();

    /** When the thread came by last. */
    private volatile long passedAt;

    /**
     * @param thread that runs this; it ends when that is told to stop
     */
    FrameLoop(
            Camera camera,
            DetectorBinding binding,
            AnalysisFaults faults,
            CameraCheckpoints checkpoints,
            StoppableThread thread,
            AnalysisFigures figures,
            Ticker ticker) {
        this.camera = camera;
        this.name = camera.settings().name();
        this.binding = binding;
        this.faults = faults;
        this.checkpoints = checkpoints;
        this.thread = thread;
        this.figures = figures;
        this.ticker = ticker;
        this.frames = new LeasedFrames(camera, ticker);
        this.wanted = () -> !thread.isAbandoned();
        this.passedAt = ticker.nanos();
    }

    /** Shows frames to the pipeline until the thread is told to stop. */
    void run(FramePipeline pipeline) throws InterruptedException {
        while (!thread.isStopping()) {
            lookUntilFault(pipeline);
        }
    }

    /** For how long the thread has not come by. */
    Duration idle() {
        return Duration.ofNanos(Math.max(0, ticker.nanos() - passedAt));
    }

    /** Gives the frames back. */
    @Override
    public void close() {
        frames.close();
    }

    /** The outermost loop: a fault that nothing else has caught costs a second, not the camera. */
    private void lookUntilFault(FramePipeline pipeline) throws InterruptedException {
        try {
            while (!thread.isStopping()) {
                lookOnce(pipeline);
                pipeline.tick();
                checkpoints.saveWhenDue(pipeline::flush, pipeline::memory);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            MachineErrors.endIf(e);
            if (!thread.isStopping()) {
                logOnceAMinute("the analysis stumbled", e);
                thread.pause(PAUSE_AFTER_FAULT);
            }
        }
    }

    private void lookOnce(FramePipeline pipeline) throws InterruptedException {
        passedAt = ticker.nanos();
        boolean seated = binding.prepare();
        faults.tick();
        if (!seated) {
            if (camera.counts().waiting() > 0) {
                binding.request();
            }
            binding.awaitDetector(WAIT.toNanos());
            return;
        }
        FrameLease lease = frames.get();
        if (lease == null) {
            thread.pause(WAIT.toNanos());
            return;
        }
        long begin = System.nanoTime();
        Optional<Frame> next = lease.take(WAIT);
        if (next.isPresent()) {
            look(pipeline, lease, next.get());
        } else if (System.nanoTime() - begin < WAIT.toNanos() / 2) {
            // The camera is gone and its queue does not wait; soon we are told.
            thread.pause(WAIT.toNanos());
        }
    }

    private void look(FramePipeline pipeline, FrameLease lease, Frame frame)
            throws InterruptedException {
        FrameOutcome outcome = FrameOutcome.ABANDONED;
        thread.beginWork();
        try {
            outcome = lookWithDetector(pipeline, frame);
        } catch (DetectorException e) {
            if (!thread.isStopping()) {
                outcome = FrameOutcome.FAILED;
                count(e);
                binding.failed(e);
            }
        } catch (RuntimeException | LinkageError e) {
            outcome = FrameOutcome.FAILED;
            logOnceAMinute("a frame was lost", e);
        } finally {
            lease.settle(frame, outcome);
            thread.endWork();
        }
    }

    private void count(DetectorException failure) {
        // Of one that hangs the name alone is left.
        String detector = binding.name().orElse("");
        figures.failed(name, detector);
        if (failure instanceof DetectorHungException) {
            figures.hung(name, detector);
        }
    }

    /** A detector that went away when the frame was taken already may be back in a moment. */
    private FrameOutcome lookWithDetector(FramePipeline pipeline, Frame frame)
            throws DetectorException, InterruptedException {
        long deadline = System.nanoTime() + SWAP_LIMIT;
        while (true) {
            passedAt = ticker.nanos();
            if (binding.prepare()) {
                FrameOutcome outcome = pipeline.look(frame, wanted);
                if (outcome != FrameOutcome.ABANDONED) {
                    return outcome;
                }
            }
            if (thread.isStopping() || (maySkip() && System.nanoTime() - deadline >= 0)) {
                return FrameOutcome.ABANDONED;
            }
            pipeline.tick();
            faults.tick();
            binding.request();
            binding.awaitDetector(WAIT.toNanos());
        }
    }

    /** Of a file that is read frame by frame none is left out. */
    private boolean maySkip() {
        return camera.settings().source().pace() != Source.Pace.ASAP;
    }

    private void logOnceAMinute(String what, Throwable cause) {
        if (logLimit.allows(ticker.nanos())) {
            LOG.error("camera {}: {}", name, what, cause);
        }
    }
}
