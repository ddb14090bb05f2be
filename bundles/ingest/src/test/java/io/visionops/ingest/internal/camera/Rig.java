package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.LeaseException;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.config.LastGood;
import io.visionops.ingest.internal.config.Secrets;
import io.visionops.ingest.internal.connect.ConnectLimiter;
import io.visionops.ingest.internal.connect.StartRateLimiter;
import io.visionops.ingest.internal.coverage.CameraJournal;
import io.visionops.ingest.internal.coverage.LiveCoverage;
import io.visionops.ingest.internal.decoder.DecoderInstaller;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.decoder.SharedDecoder;
import io.visionops.ingest.internal.frame.OpenCvEncoder;
import io.visionops.ingest.internal.reachability.ReachabilityMonitor;
import io.visionops.ingest.internal.stream.MemoryWatch;
import io.visionops.ingest.internal.stream.PictureInspector;
import io.visionops.ingest.internal.stream.StreamContext;
import io.visionops.processes.internal.Children;
import io.visionops.processes.internal.HeldChildren;
import io.visionops.testkit.RecordingJournal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Cameras as in production, with real decoders and real child processes, but without a framework.
 */
public final class Rig implements AutoCloseable {

    public static final Actor ADMIN = Actor.user("admin");

    static final SharedDecoder DECODER = new SharedDecoder(new DecoderInstaller());

    public final RecordingJournal journal = new RecordingJournal();
    final Map<String, Camera> published = new ConcurrentHashMap<>();
    final Children children;
    private final Map<String, ConfiguredCamera> users = new ConcurrentHashMap<>();

    /** Bytes for frames of all cameras. */
    static final long FRAMES = 300_000_000;

    /** Cameras whose usual views are not needed any more. */
    final Set<String> forgotten = ConcurrentHashMap.newKeySet();

    /** Each with its cause, and whether it is the camera's own. */
    final List<String> losses = new CopyOnWriteArrayList<>();

    private final ReachabilityMonitor reachability =
            new ReachabilityMonitor(Ticker.system(), Math::random);
    final StreamContext context;
    private volatile MemoryWatch.Limits limits = new MemoryWatch.Limits(400_000_000, 50_000_000);
    private HeldChildren processes;
    private volatile boolean absent;
    private volatile @Nullable Runnable trouble;
    private volatile String troubled = "";

    /** What is wrong with every picture from now on. */
    volatile @Nullable Fault pictureFault;

    /** Bytes that are left on this computer. */
    volatile long available = Long.MAX_VALUE;

    /** Each look at the clock finds that this computer stood still. */
    volatile boolean standstill;

    /** One is known. */
    final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("known", "pa55word"));

    /** The part that keeps them is away. */
    volatile boolean secretsAway;

    final Secrets lookup =
            name -> {
                if (secretsAway) {
                    throw InvalidSetting.passing("secret " + name + " cannot be looked up yet");
                }
                return Optional.ofNullable(secrets.get(name));
            };

    CameraRegistry registry;

    Rig(Path folder) {
        children = Children.in(folder);
        processes = HeldChildren.of(children, "ingest");
        CameraJournal chronicle =
                new CameraJournal(Clock.systemUTC(), Ticker.system(), new Random());
        chronicle.use(journal);
        context =
                new StreamContext(
                        this::processes,
                        DECODER,
                        chronicle,
                        new OpenCvEncoder(),
                        folder.resolve("ingest"),
                        Clock.systemUTC(),
                        () -> ZoneOffset.UTC,
                        Ticker.system(),
                        new Random(),
                        () -> limits,
                        new StreamContext.Senses(
                                this::inspector,
                                plan ->
                                        LiveCoverage.of(
                                                plan,
                                                chronicle,
                                                Clock.systemUTC(),
                                                Ticker.system()),
                                tries(new StartRateLimiter(Ticker.system(), 5, 8)),
                                change -> {}),
                        reachability);
        registry = registry();
    }

    private PictureInspector inspector(DecoderSettings plan) {
        return new PictureInspector() {
            @Override
            public Optional<Fault> inspect(ByteBuffer i420, Size size, long nanos) {
                return Optional.ofNullable(pictureFault);
            }

            @Override
            public void forget() {
                forgotten.add(plan.camera());
            }
        };
    }

    private ConnectLimiter tries(ConnectLimiter paced) {
        return new ConnectLimiter() {
            @Override
            public Duration hold(String camera, Address address) {
                return paced.hold(camera, address);
            }

            @Override
            public void lost(String camera, Address address, Fault fault, boolean own) {
                losses.add(camera + " " + fault.cause().key() + (own ? " own" : ""));
                paced.lost(camera, address, fault, own);
            }

            @Override
            public void well(String camera) {
                paced.well(camera);
            }

            @Override
            public boolean look() {
                return standstill;
            }
        };
    }

    /** From now on, for decoders that run too. */
    public void limitMemory(long bytes) {
        limits = new MemoryWatch.Limits(bytes, 50_000_000);
    }

    private CameraRegistry registry() {
        return new CameraRegistry(
                context,
                new LastGood(context.folder()),
                lookup,
                new MemoryBudget(FRAMES, () -> available),
                this::publish);
    }

    private Optional<ChildProcesses> processes() {
        Runnable unexpected = trouble;
        if (unexpected != null && Thread.currentThread().getName().startsWith(troubled)) {
            trouble = null;
            unexpected.run();
        }
        return absent ? Optional.empty() : Optional.of(processes);
    }

    /**
     * The next one who asks for child processes meets what nobody expects.
     *
     * @param thread how the name of its thread begins, after that of the part
     * @param unexpected throws it
     */
    void failOnce(String thread, Runnable unexpected) {
        troubled = "visionops-ingest-" + thread;
        trouble = unexpected;
    }

    /** Whether somebody has met it. */
    boolean hasFailed() {
        return trouble == null;
    }

    private Runnable publish(Camera camera) {
        published.put(camera.settings().name(), camera);
        return () -> published.remove(camera.settings().name());
    }

    /** As config admin does when a file was saved. */
    public void configure(String camera, String... keysAndValues) {
        long before = registry.counts().of(camera);
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        registry.updated("io.visionops.camera~" + camera, settings);
        soon().until(() -> registry.counts().of(camera) > before);
    }

    public void delete(String camera) {
        registry.deleted("io.visionops.camera~" + camera);
    }

    public Camera camera(String name) {
        return registry.cameras().stream()
                .filter(one -> one.settings().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public void awaitState(String name, CameraState state) {
        soon().until(() -> camera(name).status().state() == state);
    }

    /** A lease on its frames, as another bundle would get one after the last was stopped. */
    public FrameLease frames(String name) {
        ConfiguredCamera used = ((ConfiguredCamera) camera(name)).usedBy("test");
        ConfiguredCamera former = users.put(name, used);
        if (former != null) {
            former.giveBack();
        }
        try {
            return used.leaseFrames();
        } catch (LeaseException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<Long> pids() {
        return HeldChildren.of(children, "test").usage().stream()
                .map(usage -> usage.process().pid())
                .toList();
    }

    public static ConditionFactory soon() {
        return Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS);
    }

    /** Another ingest takes the place of this one, as when its bundle is replaced. */
    public boolean swap() {
        boolean clean = registry.close(Duration.ofSeconds(2));
        processes.close();
        processes = HeldChildren.of(children, "ingest");
        registry = registry();
        return clean;
    }

    /** The part that keeps processes is away, or back. */
    void withoutProcesses(boolean away) {
        absent = away;
    }

    @Override
    public void close() {
        registry.close(Duration.ofSeconds(2));
        reachability.close();
        processes.close();
        children.close();
    }
}
