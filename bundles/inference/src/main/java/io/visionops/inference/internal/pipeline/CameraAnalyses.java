package io.visionops.inference.internal.pipeline;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.detect.Detector;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.model.ModelException;
import io.visionops.api.time.Ticker;
import io.visionops.api.update.CanaryReport;
import io.visionops.inference.internal.detector.DetectorRegistry;
import io.visionops.inference.internal.detector.DetectorSupply;
import io.visionops.inference.internal.detector.HungCalls;
import io.visionops.inference.internal.handover.AnalysisCheckpoints;
import io.visionops.inference.internal.handover.Handover;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.breaker.BreakerStatus;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.support.journal.JournalCounts;
import io.visionops.support.journal.JournalFile;
import io.visionops.support.journal.Unwritten;
import io.visionops.support.thread.DaemonThreads;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Analyses every camera that is there with the best detector that is there. Cameras, detectors,
 * journal and checkpoints may come and go in any order at any time. Thread-safe.
 */
@Component(
        service = {Analyses.class, CameraAnalyses.class},
        immediate = true,
        configurationPid = "io.visionops.inference")
@Designate(ocd = CameraAnalyses.Config.class)
public final class CameraAnalyses implements Analyses {

    /** With so many calls of detectors that hang, none that failed is tried any more. */
    public static final int MOST_HUNG_CALLS = HungCalls.MOST;

    /** What the launcher's option {@code --detector} sets. */
    static final String DETECTOR_PROPERTY = "visionops.detector";

    /** Where everything lies that changes; framework or system property. */
    private static final String DATA_PROPERTY = "visionops.data";

    /** Since the begin of the stop, for: the last frames, their checkpoints, the journal. */
    private static final long PATIENT_LIMIT = TimeUnit.MILLISECONDS.toNanos(1000);

    private static final long FRAMES_LIMIT = TimeUnit.MILLISECONDS.toNanos(2500);

    private static final long CHECKPOINT_LIMIT = TimeUnit.MILLISECONDS.toNanos(3500);
    private static final long JOURNAL_LIMIT = TimeUnit.MILLISECONDS.toNanos(4500);
    private static final long JOIN_MILLIS = 200;
    private static final long CAMERA_LIMIT = TimeUnit.SECONDS.toNanos(1);
    private static final long DETECTOR_LIMIT = TimeUnit.SECONDS.toNanos(2);

    /** Of the journal's buffer. */
    private static final int ENTRIES = 10_000;

    private static final long PICTURE_BYTES = 32L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(CameraAnalyses.class);

    @ObjectClassDefinition(
            name = "VisionOps inference",
            description = "How the cameras' pictures are analysed")
    public @interface Config {

        @AttributeDefinition(
                name = "Detector",
                description =
                        "For cameras that say auto: auto, motion or the name of an installed model")
        String detector() default "auto";

        @AttributeDefinition(name = "Snapshots", description = "Events get a picture")
        boolean snapshots() default true;
    }

    private final AnalysisContext tools;
    private final Handover handover;
    private final @Nullable JournalFile unwritten;
    private final @Nullable Path totalsFile;
    private final Thread journalThread;

    /** Guarded by "this". */
    private final IdentityHashMap<Camera, CameraAnalysis> running = new IdentityHashMap<>();

    /** Of every camera the newest analysis, which may have ended. Guarded by "this". */
    private final Map<String, CameraAnalysis> newest = new TreeMap<>();

    /** Guarded by "this". */
    private boolean closed;

    @Activate
    public CameraAnalyses(BundleContext context, Config config) {
        this(
                preferred(System.getProperty(DETECTOR_PROPERTY, ""), config.detector()),
                config.snapshots(),
                BackgroundGate::new,
                Clock.systemUTC(),
                Ticker.system(),
                Duration.ofSeconds(5),
                folder(context));
    }

    /**
     * @param patience how long the first analysis of a camera waits for checkpoints
     * @param folder for what is left to the next start; null: nothing is
     */
    CameraAnalyses(
            String detector,
            boolean snapshots,
            Function<CameraSettings, Gate> gates,
            Clock clock,
            Ticker ticker,
            Duration patience,
            @Nullable Path folder) {
        TimeOrderedIds ids = new TimeOrderedIds(clock, new SecureRandom());
        this.tools =
                new AnalysisContext(
                        ids,
                        new JournalBuffer(ticker, ids, ENTRIES, PICTURE_BYTES),
                        new AnalysisCheckpoints(clock, patience),
                        new DetectorRegistry(detector),
                        new Breakers("inference", ticker),
                        new HungCalls(),
                        gates,
                        clock,
                        ticker,
                        snapshots,
                        new AnalysisFigures());
        this.totalsFile = folder == null ? null : folder.resolve("totals.properties");
        if (totalsFile != null) {
            tools.figures().totals().resume(totalsFile);
        }
        this.handover = new Handover(folder, clock);
        this.unwritten = folder == null ? null : new JournalFile(folder);
        goOn();
        this.journalThread = DaemonThreads.create("visionops-inference-journal", this::feedJournal);
        this.journalThread.start();
        LOG.info("analysis started, detector {}", detector);
    }

    /** On trial beside another that owns the folder, it leaves nothing. */
    private static @Nullable Path folder(BundleContext context) {
        String canary = CanaryReport.PROPERTY + context.getBundle().getBundleId();
        if (context.getProperty(canary) != null) {
            return null;
        }
        String data = context.getProperty(DATA_PROPERTY);
        return data == null ? null : Path.of(data, "inference");
    }

    /** What was not written comes before anything new. */
    private void goOn() {
        List<Unwritten> former = new ArrayList<>();
        // Before the handover goes: its entries are nowhere else.
        Handover.Contents left =
                handover.take(
                        entries -> {
                            former.addAll(entries);
                            resume(former);
                        });
        if (former.isEmpty()) {
            resume(former);
        }
        tools.memories().adopt(left.memories(), left.learned());
    }

    private void resume(List<Unwritten> former) {
        if (unwritten != null) {
            tools.journal().resume(unwritten, former);
        }
    }

    /** The launcher always says something; {@code auto} leaves the choice to the configuration. */
    static String preferred(String launched, String configured) {
        return launched.isBlank() || launched.equals(DetectorRegistry.AUTO) ? configured : launched;
    }

    /** What is counted and timed. */
    public AnalysisFigures figures() {
        return tools.figures();
    }

    /** What waits for the journal and what is lost. */
    public JournalCounts journal() {
        return tools.journal().counts();
    }

    /** Of the calls of detectors, and of those that bring models. */
    public List<BreakerStatus> breakers() {
        List<BreakerStatus> all = new ArrayList<>(tools.breakers().statuses());
        tools.detectors().supply().map(DetectorSupply::breakers).ifPresent(all::addAll);
        return all;
    }

    /** Calls of detectors that hang, whose threads are given up. */
    public int hungCalls() {
        return tools.hung().count();
    }

    /** Names of the detectors that are there, best first. */
    public List<String> detectors() {
        return tools.detectors().names();
    }

    /** Ordered by camera. */
    public List<AnalysisView> views() {
        return all().stream()
                .map(CameraAnalysis::view)
                .sorted(Comparator.comparing(AnalysisView::camera))
                .toList();
    }

    /**
     * Loads a model anew and closes the one in use; of a detector that is none the sessions are
     * ended and opened again.
     *
     * @return false when there is no such detector, or a call of it does not come back
     * @throws ModelException when the model cannot be loaded; the one in use stays
     */
    public boolean replaceDetector(String name) throws ModelException {
        Optional<DetectorSupply> supply = tools.detectors().supply();
        return supply.isPresent() && supply.get().loadAnew(name)
                || tools.detectors().reopen(name, DETECTOR_LIMIT);
    }

    /** Saves what the next start goes on from. */
    public CheckpointResult checkpoint(Duration limit) throws InterruptedException {
        return new AnalysisCheckpoint().save(all(), tools.journal(), unwritten, limit);
    }

    private synchronized List<CameraAnalysis> all() {
        return new ArrayList<>(running.values());
    }

    @Override
    public List<AnalysisStatus> statuses() {
        return all().stream()
                .map(CameraAnalysis::status)
                .sorted(Comparator.comparing(AnalysisStatus::camera))
                .toList();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addCamera(Camera camera) {
        if (!camera.settings().enabled()) {
            return;
        }
        synchronized (this) {
            if (closed) {
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
    }

    void removeCamera(Camera camera) throws InterruptedException {
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

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addDetector(Detector detector) {
        tools.detectors().add(detector);
    }

    void removeDetector(Detector detector) {
        tools.detectors().remove(detector, DETECTOR_LIMIT);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSupply(DetectorSupply supply) {
        tools.detectors().use(supply);
        supply.recordTo(this::record);
    }

    void unsetSupply(DetectorSupply supply) {
        supply.recordTo(null);
        tools.detectors().use(null);
    }

    /** What is of no camera goes in an order of its own. */
    private void record(JournalRecord record) {
        tools.journal().offer("", Entry.of(tools.ids().get(), record));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setJournal(Journal journal) {
        tools.journal().connect(journal);
    }

    void unsetJournal(Journal journal) {
        tools.journal().disconnect(journal);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setCheckpoints(Checkpoints checkpoints) {
        tools.memories().connect(checkpoints);
    }

    void unsetCheckpoints(Checkpoints checkpoints) {
        tools.memories().disconnect(checkpoints);
    }

    /** Ends within five seconds, whatever a detector or the journal does. */
    @Deactivate
    void close() throws InterruptedException {
        List<CameraAnalysis> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = List.copyOf(newest.values());
            running.clear();
        }
        long begin = System.nanoTime();
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
        awaitJournal(begin + JOURNAL_LIMIT);
        journalThread.interrupt();
        journalThread.join(JOIN_MILLIS);
        if (unwritten != null) {
            tools.journal().leave(unwritten);
        }
        // After the last frame: a crossing in it counts.
        if (totalsFile != null) {
            tools.figures().totals().leave(totalsFile);
        }
        handover.leave(
                new Handover.Contents(tools.memories().all(), tools.memories().allLearned()));
        LOG.info("analysis stopped");
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

    private void awaitJournal(long deadline) throws InterruptedException {
        // One that is away now may be away for long.
        boolean written =
                tools.journal().connected()
                        && tools.journal().awaitEmpty(deadline - System.nanoTime());
        if (!written && tools.journal().size() > 0) {
            LOG.warn(
                    "{} entries are not in the journal yet and are left to the next start",
                    tools.journal().size());
        }
    }

    private void feedJournal() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                tools.journal().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                MachineErrors.endIf(e);
                LOG.error("feeding the journal failed, it goes on in a second", e);
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }
}
