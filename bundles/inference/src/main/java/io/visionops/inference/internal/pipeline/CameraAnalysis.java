package io.visionops.inference.internal.pipeline;

import static java.util.stream.Collectors.joining;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.camera.Source;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalException;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.detector.AnalysisDiagnosis;
import io.visionops.inference.internal.detector.DetectorBinding;
import io.visionops.inference.internal.detector.DetectorHungException;
import io.visionops.inference.internal.detector.DetectorSupply;
import io.visionops.inference.internal.detector.FallbackDetector;
import io.visionops.inference.internal.handover.CameraMemory;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.log.LogLimit;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The analysis of one camera on a thread of its own: nothing that another camera, or its detector,
 * does delays it. Ends between two frames and leaves its memory behind. Thread-safe.
 */
final class CameraAnalysis {

    private static final Duration WAIT = Duration.ofMillis(250);
    private static final long CHECKPOINT_INTERVAL = TimeUnit.SECONDS.toNanos(30);
    private static final long SWAP_LIMIT = TimeUnit.SECONDS.toNanos(2);
    private static final long HANDOVER_LIMIT = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_AFTER_FAULT_MILLIS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(CameraAnalysis.class);

    private final Camera camera;
    private final CameraSettings settings;
    private final AnalysisContext tools;
    private final Ticker ticker;
    private final @Nullable CameraAnalysis predecessor;
    private final DetectorBinding seat;
    private final AnalysisDiagnosis diagnosis;
    private final FaultReport report;
    private final LeasedFrames frames;
    private final Thread thread;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Nobody waits for this thread any more: what it still finds out is for nothing. */
    private volatile boolean abandoned;

    private final Object work = new Object();

    /** A frame is at hand. Guarded by "work". */
    private boolean atWork;

    private volatile @Nullable FramePipeline analyst;
    private volatile CompletableFuture<Void> lastCheckpoint =
            CompletableFuture.completedFuture(null);

    /** Whom the next checkpoint is told to; null: nobody waits for one. */
    private final AtomicReference<@Nullable CompletableFuture<Boolean>> asked =
            new AtomicReference<>();

    /** When the thread came by last. */
    private volatile long passedAt;

    private long nextCheckpoint;
    private final LogLimit logLimit = new LogLimit();

    /**
     * @param predecessor the analysis of the same camera that this one follows; told to stop
     *     already
     */
    CameraAnalysis(Camera camera, AnalysisContext tools, Optional<CameraAnalysis> predecessor) {
        this.camera = camera;
        this.settings = camera.settings();
        this.tools = tools;
        this.ticker = tools.ticker();
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
                        ticker);
        this.diagnosis = new AnalysisDiagnosis(settings.analysis(), tools.detectors());
        this.report = new FaultReport(camera::analysisFault, ticker);
        this.frames = new LeasedFrames(camera, ticker);
        // A detector that hangs must not keep the process.
        this.thread = DaemonThreads.create("visionops-inference-" + settings.name(), this::run);
        this.passedAt = ticker.nanos();
        this.nextCheckpoint = ticker.nanos() + CHECKPOINT_INTERVAL;
    }

    void start() {
        thread.start();
    }

    /** Tells the thread to end; it does after the frame at hand, which it finishes. */
    void requestStop() {
        stop.countDown();
        synchronized (work) {
            if (!atWork) {
                thread.interrupt();
            }
        }
    }

    /** Tells the thread to end at once, as far as the detector can be interrupted. */
    void insist() {
        thread.interrupt();
    }

    /** Returns false when the thread has not ended in time. */
    boolean awaitEnd(long atMostNanos) throws InterruptedException {
        return ended.await(atMostNanos, TimeUnit.NANOSECONDS);
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Gives the thread up: whatever it finds from now on is not used. */
    void abandon() {
        abandoned = true;
        // Its successor is not to wait for it.
        frames.close();
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
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> other = asked.compareAndExchange(null, mine);
        if (hasEnded()) {
            answer(true);
        }
        return other == null ? mine : other;
    }

    /** Tells who asked how the last checkpoint has ended. */
    private void answer(boolean hasMemory) {
        CompletableFuture<Boolean> waiting = asked.getAndSet(null);
        if (waiting == null) {
            return;
        }
        if (!hasMemory) {
            waiting.complete(false);
        } else if (!tools.memories().connected()) {
            waiting.completeExceptionally(new JournalException("there is no database"));
        } else {
            var unused =
                    lastCheckpoint.whenComplete(
                            (done, failure) -> {
                                if (failure == null) {
                                    waiting.complete(true);
                                } else {
                                    waiting.completeExceptionally(failure);
                                }
                            });
        }
    }

    /** The checkpoint that was written last. */
    CompletableFuture<Void> lastCheckpoint() {
        return lastCheckpoint;
    }

    String name() {
        return settings.name();
    }

    AnalysisStatus status() {
        FramePipeline current = analyst;
        if (current != null) {
            return current.status();
        }
        AnalysisStatus.Latency none = new Latencies().summary();
        return new AnalysisStatus(
                settings.name(), Optional.empty(), 0, Map.of(), none, none, Optional.empty());
    }

    AnalysisView view() {
        FramePipeline current = analyst;
        return new AnalysisView(
                status(),
                camera.counts().waiting(),
                Duration.ofNanos(Math.max(0, ticker.nanos() - passedAt)),
                report.told(),
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
                while (!stopping()) {
                    lookUntilFault(own);
                }
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
            frames.close();
            ended.countDown();
            // It has saved at its end, unless it was given up.
            answer(!abandoned);
        }
    }

    private void awaitPredecessor() throws InterruptedException {
        if (predecessor != null && !predecessor.awaitEnd(HANDOVER_LIMIT)) {
            predecessor.abandon();
        }
    }

    /** The outermost loop: a fault that nothing else has caught costs a second, not the camera. */
    private void lookUntilFault(FramePipeline own) throws InterruptedException {
        try {
            while (!stopping()) {
                lookOnce(own);
                own.tick();
                saveWhenDue(own);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            MachineErrors.endIf(e);
            if (!stopping()) {
                logOnceAMinute("the analysis stumbled", e);
                stop.await(PAUSE_AFTER_FAULT_MILLIS, TimeUnit.MILLISECONDS);
            }
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

    private void reportFault() {
        boolean loading = tools.detectors().supply().map(DetectorSupply::loading).orElse(false);
        report.tick(loading, () -> diagnosis.of(camera.level(), seat.detector(), failure()));
    }

    /** What fails, who stands in, and what was known last when nobody does. */
    private Optional<String> failure() {
        Optional<FallbackDetector> instead = seat.standIn();
        return seat.failure()
                .map(words -> words + instead.map(one -> "; " + one.words()).orElse(""))
                .map(words -> seat.detector().isEmpty() ? words + lastKnown() : words);
    }

    private String lastKnown() {
        AnalysisStatus last = status();
        return last.lastAnalysed()
                .map(
                        at ->
                                "; last known, at "
                                        + at.truncatedTo(ChronoUnit.SECONDS)
                                        + ": "
                                        + inWords(last.objects()))
                .orElse("");
    }

    private static String inWords(Map<String, Integer> objects) {
        return objects.isEmpty()
                ? "nothing"
                : new TreeMap<>(objects)
                        .entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .collect(joining(", "));
    }

    private void lookOnce(FramePipeline own) throws InterruptedException {
        passedAt = ticker.nanos();
        boolean seated = seat.prepare();
        reportFault();
        if (!seated) {
            if (camera.counts().waiting() > 0) {
                seat.request();
            }
            seat.awaitDetector(WAIT.toNanos());
            return;
        }
        FrameLease lease = frames.get();
        if (lease == null) {
            stop.await(WAIT.toNanos(), TimeUnit.NANOSECONDS);
            return;
        }
        long begin = System.nanoTime();
        Optional<Frame> next = lease.take(WAIT);
        if (next.isPresent()) {
            look(own, lease, next.get());
        } else if (System.nanoTime() - begin < WAIT.toNanos() / 2) {
            // The camera is gone and its queue does not wait; soon we are told.
            stop.await(WAIT.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void look(FramePipeline own, FrameLease lease, Frame frame)
            throws InterruptedException {
        FrameOutcome outcome = FrameOutcome.ABANDONED;
        beginWork();
        try {
            outcome = lookWithDetector(own, frame);
        } catch (DetectorException e) {
            if (!stopping()) {
                outcome = FrameOutcome.FAILED;
                count(e);
                seat.failed(e);
            }
        } catch (RuntimeException | LinkageError e) {
            outcome = FrameOutcome.FAILED;
            logOnceAMinute("a frame was lost", e);
        } finally {
            lease.settle(frame, outcome);
            endWork();
        }
    }

    private void count(DetectorException failure) {
        // Of one that hangs the name alone is left.
        String detector = seat.name().orElse("");
        tools.figures().failed(settings.name(), detector);
        if (failure instanceof DetectorHungException) {
            tools.figures().hung(settings.name(), detector);
        }
    }

    private void beginWork() {
        synchronized (work) {
            atWork = true;
            // One that was meant for the wait before; the loop sees that it has to stop.
            Thread.interrupted();
        }
    }

    private void endWork() {
        synchronized (work) {
            atWork = false;
        }
    }

    /** A detector that went away when the frame was taken already may be back in a moment. */
    private FrameOutcome lookWithDetector(FramePipeline own, Frame frame)
            throws DetectorException, InterruptedException {
        long deadline = System.nanoTime() + SWAP_LIMIT;
        while (true) {
            passedAt = ticker.nanos();
            if (seat.prepare()) {
                FrameOutcome outcome = own.look(frame, () -> !abandoned);
                if (outcome != FrameOutcome.ABANDONED) {
                    return outcome;
                }
            }
            if (stopping() || (maySkip() && System.nanoTime() - deadline >= 0)) {
                return FrameOutcome.ABANDONED;
            }
            own.tick();
            reportFault();
            seat.request();
            seat.awaitDetector(WAIT.toNanos());
        }
    }

    /** Of a file that is read frame by frame none is left out. */
    private boolean maySkip() {
        return settings.source().pace() != Source.Pace.ASAP;
    }

    private void saveWhenDue(FramePipeline own) {
        long now = ticker.nanos();
        boolean wanted = asked.get() != null;
        if (wanted || now - nextCheckpoint >= 0) {
            nextCheckpoint = now + CHECKPOINT_INTERVAL;
            if (wanted) {
                own.flush();
            }
            Optional<CameraMemory> memory = own.memory();
            memory.ifPresent(this::save);
            if (wanted) {
                answer(memory.isPresent());
            }
        }
    }

    private void save(CameraMemory memory) {
        lastCheckpoint = tools.memories().keep(settings.name(), memory);
    }

    private void finish(FramePipeline own) {
        // Whoever told us to stop has interrupted us; the last words are still to be said.
        boolean interrupted = Thread.interrupted();
        if (!abandoned) {
            own.close();
            seat.close();
            seat.learned().ifPresent(known -> tools.memories().keep(settings.name(), known));
            own.memory().map(CameraMemory::asLast).ifPresent(this::save);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void logOnceAMinute(String what, Throwable cause) {
        if (logLimit.allows(ticker.nanos())) {
            LOG.error("camera {}: {}", settings.name(), what, cause);
        }
    }
}
