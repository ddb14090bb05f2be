package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.connect.EndpointSelector;
import io.visionops.ingest.internal.coverage.CoverageTracker;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.state.LevelRequests;
import io.visionops.ingest.internal.state.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the threads around one camera share: which decoder is current, how the camera is, and
 * whether it is to be left. {@link ConnectScheduler}, {@link FrameIntake}, {@link StandbyDecoder}
 * and {@link SwitchOver} change it, each for one idea, under the same guard. Thread-safe but for
 * what says otherwise.
 */
final class StreamState implements StateDriver.Hands {

    private final DecoderSettings plan;
    private final List<Address> addresses;
    private final StreamContext world;
    private final FrameRing ring;
    private final CoverageTracker account;
    private final StateNotifier notifier;
    private final StateLock guard = new StateLock();

    // All below is guarded by "guard".
    private final StateDriver driver;
    private final Progress progress;
    private final ReplacementPolicy renewal;
    private ReconnectPolicy reconnect;
    private @Nullable Decoder current;
    private boolean starting;
    private boolean asked;
    private boolean leaving;
    private final boolean once;

    StreamState(
            DecoderSettings plan,
            List<Address> addresses,
            ReconnectPolicy reconnect,
            StreamContext world,
            FrameRing ring) {
        this.plan = plan;
        this.addresses = addresses;
        this.world = world;
        this.ring = ring;
        this.account = world.senses().accounts().apply(plan);
        this.notifier = new StateNotifier(plan.camera(), world, account);
        this.driver = new StateDriver(plan, addresses, reconnect, world, notifier, this);
        this.progress = new Progress(plan, ring, world.clock());
        this.renewal = new ReplacementPolicy(world.memory(), now());
        this.reconnect = reconnect;
        this.once = plan.isReadOnce();
    }

    StateLock guard() {
        return guard;
    }

    DecoderSettings plan() {
        return plan;
    }

    StreamContext world() {
        return world;
    }

    /** Monotonic. */
    long now() {
        return world.ticker().nanos();
    }

    // ---- for who has the guard ----

    StateDriver driver() {
        return driver;
    }

    Progress progress() {
        return progress;
    }

    ReplacementPolicy renewal() {
        return renewal;
    }

    CoverageTracker account() {
        return account;
    }

    /** Null while none runs. */
    @Nullable Decoder decoder() {
        return current;
    }

    /** None is current any more. */
    void clear() {
        current = null;
        guard.changed();
    }

    /** Another decoder, of which nothing is known yet, is current. */
    void enter(Decoder decoder) {
        current = decoder;
        renewal.began(now(), probe());
        guard.changed();
    }

    /** How long until something that failed is tried again. */
    Duration probe() {
        return reconnect.probe();
    }

    boolean isLeaving() {
        return leaving;
    }

    /** Nothing more is started. */
    void leave() {
        leaving = true;
        driver.close();
        guard.changed();
    }

    /** The machine wants a decoder since {@link #notStarting()}. */
    boolean isStarting() {
        return starting;
    }

    void notStarting() {
        starting = false;
    }

    /** Nothing is to be decoded. */
    boolean isPaused() {
        return driver.stateData().isPaused();
    }

    /** What a decoder is to be started with. */
    ServiceLevel decoding() {
        return once ? ServiceLevel.FULL : renewal.requests().decoding();
    }

    /** Somebody waits for the next try. */
    boolean isAsked() {
        return asked;
    }

    Address address(Decoder decoder) {
        return addresses.get(decoder.endpoint().address());
    }

    /** Whether it reads something that ends. */
    boolean isFile(Decoder decoder) {
        return address(decoder).scheme() == Address.Scheme.FILE && !plan.source().loop();
    }

    // ---- for everybody ----

    /** What can be seen of a file that gave no picture. */
    Optional<String> brokenFile(Decoder decoder) {
        boolean streamed = guard.get(decoder::hasStreamed);
        return streamed
                ? Optional.empty()
                : address(decoder).local().flatMap(FfmpegErrorClassifier::ofFile);
    }

    void use(ReconnectPolicy other) {
        guard.run(
                () -> {
                    reconnect = other;
                    driver.use(other);
                });
    }

    CameraStatus status() {
        return guard.get(
                () -> {
                    Endpoint endpoint =
                            current == null ? driver.endpoints().endpoint() : current.endpoint();
                    return progress.status(
                            driver.stateData(),
                            driver.since(),
                            addresses.get(endpoint.address()).masked(),
                            now());
                });
    }

    /** The decoder that runs. */
    Optional<Decoder> current() {
        return guard.get(() -> Optional.ofNullable(current));
    }

    boolean isCurrent(Decoder decoder) {
        return guard.get(() -> decoder == current);
    }

    LevelRequests requests() {
        return guard.get(renewal::requests);
    }

    /** What is done of what is asked for; a file that is read once is not touched. */
    ServiceLevel level() {
        return guard.get(() -> once ? ServiceLevel.FULL : renewal.requests().level());
    }

    /**
     * Somebody asks for less or more. A pause begins and ends at once, other decoding at the next
     * look at the clock.
     */
    void request(LevelRequest request) {
        guard.run(
                () -> {
                    ServiceLevel before = level();
                    use(renewal.requests().with(request));
                    if (!level().equals(before)) {
                        notifier.level(before, level(), request, renewal.requests());
                    }
                });
    }

    /** What was asked for before this feed began goes on, and is no news. */
    void use(LevelRequests requests) {
        guard.run(
                () -> {
                    renewal.use(requests, now());
                    Optional<LevelRequest> lowest = requests.lowest();
                    if (lowest.isPresent() && requests.isPaused() && !once) {
                        driver.pause("by " + lowest.get().words());
                    } else {
                        driver.happens(new Trigger.Resumed());
                    }
                });
    }

    /** What the analysis says of itself. */
    void analysisFault(Optional<Fault> fault) {
        guard.run(
                () -> {
                    if (!leaving) {
                        driver.analysisFault(fault);
                    }
                });
    }

    /** Somebody wants it to be tried at once: nobody holds that back. */
    void ask() {
        guard.run(
                () -> {
                    asked = true;
                    driver.happens(new Trigger.Asked());
                });
    }

    /** A file is read from its beginning. */
    void reread() {
        guard.run(
                () -> {
                    progress.rewind();
                    ask();
                });
    }

    void disable() {
        guard.run(() -> driver.happens(new Trigger.Disabled()));
    }

    /** This computer did nothing for a while: silence and rate are measured anew. */
    void stoodStill() {
        guard.run(
                () -> {
                    if (current != null) {
                        current.progress(now());
                    }
                    progress.stoodStill(now());
                });
    }

    /**
     * Ends a decoder that is silent, judges the rate.
     *
     * @param memory of the current decoder in bytes, 0 when it is not known
     */
    void watch(long memory) {
        guard.run(
                () -> {
                    if (!leaving) {
                        account.tick();
                    }
                    if (current == null || leaving || isPaused()) {
                        // A wait is over by our clock, which need not be the system's.
                        guard.changed();
                    } else {
                        judge(current, memory);
                    }
                });
    }

    private void judge(Decoder decoder, long memory) {
        long now = now();
        if (ring.isHoldingUp()) {
            decoder.progress(now);
        }
        if (decoder.isLate(now) && driver.isBabbling()) {
            decoder.giveUp(EndpointSelector.BABBLE);
        }
        decoder.judge(now);
        account.decoder(decoder.child());
        progress.judgeRate(driver.stateData(), decoder.expected(), now).ifPresent(driver::happens);
        renewal.used(now, memory);
    }

    // ---- what the machine wants; guarded ----

    @Override
    public void start() {
        starting = true;
        asked = false;
    }

    @Override
    public void endDecoder() {
        if (current != null) {
            current.end();
        }
    }

    @Override
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(current).map(Decoder::endpoint);
    }

    @Override
    public void wake() {
        guard.changed();
    }

    @Override
    public void answered() {
        guard.run(
                () -> {
                    if (!leaving) {
                        driver.answered();
                    }
                });
    }
}
