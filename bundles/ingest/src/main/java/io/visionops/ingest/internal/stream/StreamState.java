package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.coverage.CoverageTracker;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.state.LevelRequests;
import io.visionops.ingest.internal.state.Trigger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the threads around one camera share: how the camera is ({@link StateDriver}), which decoders
 * it has, what came of it ({@link Progress}), and whether all that goes on. {@link DecoderLoop},
 * {@link FrameReader}, {@link StandbyDecoder} and {@link SwitchOver} each do one thing with it.
 * Guarded by {@link #lock}, but for the methods under "for everybody", which take it themselves.
 */
final class StreamState implements StateDriver.Owner {

    /** How long this supervisor goes on. */
    enum Phase {
        /** Decoders are started as they are due. */
        RUNNING,
        /** Nothing more is started; the decoder is left at its next frame boundary. */
        HANDING_OVER,
        /** Nothing more is started, and what runs is ended, or is left already. */
        ENDED
    }

    private final DecoderSettings settings;
    private final List<Address> addresses;
    private final List<String> maskedAddresses;
    private final StreamContext context;
    private final StateLock lock = new StateLock();
    private final CoverageTracker coverage;
    private final StateNotifier notifier;
    private final StateDriver driver;
    private final Progress progress;
    private final ReplacementPolicy policy;
    private Phase phase = Phase.RUNNING;

    /** Gives the camera's frames. */
    private @Nullable Decoder current;

    /** Runs beside the current one, and has not taken its place yet. */
    private @Nullable Decoder standby;

    /** Why there is one beside the current one, or one on its way. */
    private ReplacementPolicy.@Nullable Replacement replacement;

    /** The decoder from a predecessor until it is claimed, then the one for a successor. */
    private Optional<Handover.Running> left = Optional.empty();

    StreamState(
            DecoderSettings settings,
            ReconnectPolicy reconnect,
            StreamContext context,
            FrameRing ring) {
        this.settings = settings;
        this.addresses = settings.addresses();
        this.maskedAddresses = addresses.stream().map(Address::masked).toList();
        this.context = context;
        this.coverage = context.senses().coverage().apply(settings);
        this.notifier =
                new StateNotifier(
                        settings.camera(),
                        context.journal(),
                        coverage,
                        context.senses().listeners(),
                        context.clock(),
                        context.ticker());
        this.driver = new StateDriver(settings, addresses, reconnect, context, notifier, this);
        this.progress = new Progress(settings, ring, context.clock());
        this.policy = new ReplacementPolicy(context.memory(), settings.isReadOnce(), now());
    }

    StateLock lock() {
        return lock;
    }

    DecoderSettings settings() {
        return settings;
    }

    StreamContext context() {
        return context;
    }

    /** Monotonic. */
    long now() {
        return context.ticker().nanos();
    }

    StateDriver driver() {
        return driver;
    }

    Progress progress() {
        return progress;
    }

    ReplacementPolicy policy() {
        return policy;
    }

    CoverageTracker coverage() {
        return coverage;
    }

    /** Nothing is to be decoded. */
    boolean isPaused() {
        return driver.stateData().isPaused();
    }

    Address address(Endpoint endpoint) {
        return addresses.get(endpoint.address());
    }

    /** Whether it reads something that ends. */
    boolean isFile(Decoder decoder) {
        return address(decoder.endpoint()).scheme() == Address.Scheme.FILE
                && !settings.source().loop();
    }

    // ---- decoders ----

    /** Null while none runs. */
    @Nullable Decoder decoder() {
        return current;
    }

    /** Another decoder, of which nothing is known yet, is current. */
    void enter(Decoder decoder) {
        current = decoder;
        policy.began(now(), driver.reconnect().probe());
        lock.changed();
    }

    /** None is current any more. */
    void clear() {
        current = null;
        lock.changed();
    }

    /** A decoder runs or is on its way: no other may be started in its place. */
    boolean isOccupied() {
        return current != null || replacement != null;
    }

    @Nullable Decoder standby() {
        return standby;
    }

    ReplacementPolicy.@Nullable Replacement replacement() {
        return replacement;
    }

    /** One is to be started beside the current one. */
    void replace(ReplacementPolicy.Replacement why) {
        replacement = why;
    }

    void standBy(Decoder decoder) {
        standby = decoder;
    }

    /** There is none beside the current one any more, or it is the current one now. */
    void clearStandby() {
        standby = null;
        replacement = null;
        lock.changed();
    }

    // ---- the beginning and the end ----

    boolean goesOn() {
        return phase == Phase.RUNNING;
    }

    boolean isHandingOver() {
        return phase == Phase.HANDING_OVER;
    }

    /** Whether what a decoder gives still counts. */
    boolean isWanted() {
        return phase != Phase.ENDED && !isPaused();
    }

    /** Nothing more is started, and the standby decoder is ended. */
    void leave(Phase last) {
        phase = last;
        driver.close();
        endStandby();
        if (last == Phase.ENDED) {
            endDecoder();
        }
        lock.changed();
    }

    Optional<Handover.Running> left() {
        return left;
    }

    void left(Optional<Handover.Running> running) {
        left = running;
    }

    /** Lets go of a decoder, which a successor claims. */
    void release(Decoder decoder) {
        left = Optional.of(progress.running(decoder));
        decoder.child().detach();
        phase = Phase.ENDED;
        clear();
    }

    private void endStandby() {
        if (standby != null) {
            standby.child().end(Decoder.SILENT_GRACE);
        }
    }

    /** What was asked for before this supervisor began goes on, and is no news. */
    void use(LevelRequests requests) {
        policy.use(requests, now());
        Optional<LevelRequest> lowest = requests.lowest();
        if (lowest.isPresent() && requests.isPaused() && !settings.isReadOnce()) {
            driver.pause("by " + lowest.get().words());
        } else {
            driver.happens(new Trigger.Resumed());
        }
    }

    /** This computer did nothing for a while: silence and rate are measured anew. */
    void stoodStill() {
        if (current != null) {
            current.progress(now());
        }
        progress.stoodStill(now());
    }

    // ---- what the state machine wants ----

    @Override
    public void endDecoder() {
        if (current != null) {
            current.end();
        }
    }

    @Override
    public void changed() {
        lock.changed();
    }

    @Override
    public void answered() {
        lock.run(
                () -> {
                    if (goesOn()) {
                        driver.answered();
                    }
                });
    }

    CameraStatus status() {
        return lock.get(
                () -> {
                    Endpoint endpoint =
                            current == null ? driver.endpoints().endpoint() : current.endpoint();
                    String url = maskedAddresses.get(endpoint.address());
                    return progress.status(driver.stateData(), driver.since(), url, now());
                });
    }

    boolean isCurrent(Decoder decoder) {
        return lock.get(() -> decoder == current);
    }

    /** Somebody asks for less or more: a pause begins and ends at once. */
    void request(LevelRequest request) {
        lock.run(
                () -> {
                    var before = policy.level();
                    use(policy.requests().with(request));
                    if (!before.equals(policy.level())) {
                        notifier.level(before, policy.level(), request, policy.requests());
                    }
                    if (isPaused()) {
                        endStandby();
                    }
                });
    }
}
