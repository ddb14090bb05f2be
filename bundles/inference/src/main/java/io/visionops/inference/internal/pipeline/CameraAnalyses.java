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
import io.visionops.inference.internal.detector.DetectorRegistry;
import io.visionops.inference.internal.detector.DetectorSupply;
import io.visionops.inference.internal.detector.HungCalls;
import io.visionops.inference.internal.handover.AnalysisCheckpoints;
import io.visionops.inference.internal.handover.HandoverFolder;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.breaker.BreakerStatus;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.support.journal.JournalCounts;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

    /** Since the begin of the stop, for the journal; the analyses have their limits before it. */
    private static final long JOURNAL_LIMIT = TimeUnit.MILLISECONDS.toNanos(4500);

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
    private final HandoverFolder folder;
    private final JournalFeed feed;
    private final AnalysisRegistry cameras;

    @Activate
    public CameraAnalyses(BundleContext context, Config config) {
        this(
                preferred(System.getProperty(DETECTOR_PROPERTY, ""), config.detector()),
                config.snapshots(),
                BackgroundGate::new,
                Clock.systemUTC(),
                Ticker.system(),
                Duration.ofSeconds(5),
                HandoverFolder.path(context).orElse(null));
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
        this.folder = new HandoverFolder(folder, clock);
        // What was not written comes before anything new.
        this.folder.resume(tools.journal(), tools.memories(), tools.figures().totals());
        this.cameras = new AnalysisRegistry(tools);
        this.feed = new JournalFeed(tools.journal());
        this.feed.start();
        LOG.info("analysis started, detector {}", detector);
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
        return cameras.all().stream()
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
        return new AnalysisCheckpoint()
                .save(cameras.all(), tools.journal(), folder.unwritten().orElse(null), limit);
    }

    @Override
    public List<AnalysisStatus> statuses() {
        return cameras.all().stream()
                .map(CameraAnalysis::status)
                .sorted(Comparator.comparing(AnalysisStatus::camera))
                .toList();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addCamera(Camera camera) {
        cameras.add(camera);
    }

    void removeCamera(Camera camera) throws InterruptedException {
        cameras.remove(camera);
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
        long begin = System.nanoTime();
        if (cameras.close(begin)) {
            feed.close(begin + JOURNAL_LIMIT);
            folder.leave(tools.journal(), tools.memories(), tools.figures().totals());
            LOG.info("analysis stopped");
        }
    }
}
