package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.Diagnosis;
import io.visionops.ingest.internal.frame.FrameRing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the threads around one camera share: which decoder is current, how the camera is, and
 * whether it is to be left. {@link Turns}, {@link Arrivals}, {@link Understudy} and {@link
 * Succession} change it, each for one idea, under the same guard. Thread-safe but for what says
 * otherwise.
 */
final class FeedState implements Course.Hands {

    static final Fault BABBLE =
            new Fault(Cause.TIMEOUT, "the camera talks, but answers not even a simple question");

    private final FeedPlan plan;
    private final List<Address> addresses;
    private final World world;
    private final FrameRing ring;
    private final Account account;
    private final Teller teller;
    private final Guard guard = new Guard();

    // All below is guarded by "guard".
    private final Course course;
    private final Progress progress;
    private final Renewal renewal;
    private ReconnectPolicy reconnect;
    private @Nullable Decoder current;
    private boolean starting;
    private boolean asked;
    private boolean leaving;
    private final boolean once;

    FeedState(
            FeedPlan plan,
            List<Address> addresses,
            ReconnectPolicy reconnect,
            World world,
            FrameRing ring) {
        this.plan = plan;
        this.addresses = addresses;
        this.world = world;
        this.ring = ring;
        this.account = world.senses().accounts().apply(plan);
        this.teller = new Teller(plan.camera(), world, account);
        this.course = new Course(plan, addresses, reconnect, world, teller, this);
        this.progress = new Progress(plan, ring, world.clock());
        this.renewal = new Renewal(world.memory(), now());
        this.reconnect = reconnect;
        this.once = plan.isReadOnce();
    }

    Guard guard() {
        return guard;
    }

    FeedPlan plan() {
        return plan;
    }

    World world() {
        return world;
    }

    /** Monotonic. */
    long now() {
        return world.ticker().nanos();
    }

    // ---- for who has the guard ----

    Course course() {
        return course;
    }

    Progress progress() {
        return progress;
    }

    Renewal renewal() {
        return renewal;
    }

    Account account() {
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
        course.close();
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
        return course.situation().isPaused();
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
        return addresses.get(decoder.route().address());
    }

    /** Whether it reads something that ends. */
    boolean isFile(Decoder decoder) {
        return address(decoder).scheme() == Address.Scheme.FILE && !plan.source().loop();
    }

    // ---- for everybody ----

    /** What can be seen of a file that gave no picture. */
    Optional<String> brokenFile(Decoder decoder) {
        boolean streamed = guard.get(decoder::hasStreamed);
        return streamed ? Optional.empty() : address(decoder).local().flatMap(Diagnosis::ofFile);
    }

    void use(ReconnectPolicy other) {
        guard.run(
                () -> {
                    reconnect = other;
                    course.use(other);
                });
    }

    CameraStatus status() {
        return guard.get(
                () -> {
                    Route route = current == null ? course.routes().route() : current.route();
                    return progress.status(
                            course.situation(),
                            course.since(),
                            addresses.get(route.address()).masked(),
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
                        teller.level(before, level(), request, renewal.requests());
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
                        course.pause("by " + lowest.get().words());
                    } else {
                        course.happens(new Happening.Resumed());
                    }
                });
    }

    /** What the analysis says of itself. */
    void analysisFault(Optional<Fault> fault) {
        guard.run(
                () -> {
                    if (!leaving) {
                        course.analysisFault(fault);
                    }
                });
    }

    /** Somebody wants it to be tried at once: nobody holds that back. */
    void ask() {
        guard.run(
                () -> {
                    asked = true;
                    course.happens(new Happening.Asked());
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
        guard.run(() -> course.happens(new Happening.Disabled()));
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
        if (decoder.isLate(now) && course.isBabbling()) {
            decoder.giveUp(BABBLE);
        }
        decoder.judge(now);
        account.decoder(decoder.child());
        progress.judgeRate(course.situation(), decoder.expected(), now).ifPresent(course::happens);
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
    public Optional<Route> route() {
        return Optional.ofNullable(current).map(Decoder::route);
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
                        course.answered();
                    }
                });
    }
}
