package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.Diagnosis;
import io.visionops.ingest.internal.door.DoorBells;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a camera stands and which way to it is used: tells {@link Machine} what happens and carries
 * out what that says, as far as it is no matter of processes and threads. Guarded by the lock of
 * {@link FeedState}.
 */
final class Course {

    /** What the machine wants of processes and threads. */
    interface Hands {

        /** A decoder is to be started. */
        void start();

        /** The one that runs is to be ended. */
        void endDecoder();

        /** The way of the one that runs; empty when none does. */
        Optional<Route> route();

        /** The time of the next try has changed. */
        void wake();

        /** The camera answers again; comes from any thread, without the lock. */
        void answered();
    }

    /** Between knocks at the door of a camera in backoff, and of one that is offline. */
    private static final Duration KNOCKS = Duration.ofSeconds(1);

    private static final Duration SELDOM_KNOCKS = Duration.ofSeconds(10);

    private final String camera;
    private final List<Address> addresses;
    private final World world;
    private final Teller teller;
    private final Hands hands;
    private Machine machine;
    private Situation situation;
    private Instant since;
    private Routes routes;
    private boolean continued;

    /** The first word about this camera is said. */
    private boolean announced;

    /** From these addresses frames came at least once. */
    private boolean streamed;

    private DoorBells.Hung bell = DoorBells.NONE;

    /** What is wrong with the newest picture. */
    private Optional<Fault> picture = Optional.empty();

    /** What the analysis says of itself; no part of a connection, so it outlives them. */
    private Optional<Fault> analysis = Optional.empty();

    /** The last knock got no answer, perhaps before the last try: the next answer is news. */
    private boolean silent;

    Course(
            FeedPlan plan,
            List<Address> addresses,
            ReconnectPolicy reconnect,
            World world,
            Teller teller,
            Hands hands) {
        this.camera = plan.camera();
        this.addresses = addresses;
        this.world = world;
        this.teller = teller;
        this.hands = hands;
        this.machine = machine(reconnect);
        this.situation = Situation.start(now());
        this.since = world.clock().instant();
        this.routes = Routes.of(addresses, plan.source().transport());
    }

    private Machine machine(ReconnectPolicy reconnect) {
        return new Machine(reconnect, addresses.size(), world.random()::nextDouble);
    }

    private long now() {
        return world.ticker().nanos();
    }

    void use(ReconnectPolicy reconnect) {
        machine = machine(reconnect);
    }

    void continueFrom(Handover handover) {
        continued = true;
        situation = handover.situation();
        since = handover.since();
        routes = handover.routes();
        streamed = handover.streamed();
        Optional<Fault> known = situation.flow().picture();
        analysis = known.filter(Course::isOfAnalysis);
        picture = known.filter(fault -> !isOfAnalysis(fault));
    }

    /** Whether a fault is one of the analysis, and the camera itself is well. */
    static boolean isOfAnalysis(Fault fault) {
        return fault.cause() == Cause.DETECTOR || fault.cause() == Cause.OBJECTS;
    }

    /** The first word about this camera; one that goes on is no news. */
    void announce() {
        announced = true;
        if (continued) {
            teller.continued(situation);
            listen();
        } else {
            teller.state(situation, since, "");
        }
    }

    Situation situation() {
        return situation;
    }

    Instant since() {
        return since;
    }

    Routes routes() {
        return routes;
    }

    boolean hasStreamed() {
        return streamed;
    }

    /** How long until the next try, by the machine alone; empty when none is planned. */
    Optional<Long> nanosToTry() {
        return situation.waiting() ? Optional.of(situation.retry() - now()) : Optional.empty();
    }

    /** How long others want it to wait longer. */
    long nanosToHold() {
        Address next = addresses.get(routes.current());
        return world.senses().tries().hold(camera, next).toNanos();
    }

    void happens(Happening happening) {
        Situation before = situation;
        Step step = machine.next(before, happening, now());
        situation = step.situation();
        if (situation.state() != before.state()) {
            since = world.clock().instant();
        }
        step.effects().forEach(this::carryOut);
    }

    /**
     * Nothing is to be decoded; nobody knocks at the camera meanwhile.
     *
     * @param words who asked for that and why
     */
    void pause(String words) {
        Happening paused = new Happening.Paused(words);
        if (announced) {
            happens(paused);
        } else {
            // A camera that begins so; that is told when it is announced.
            situation = machine.next(situation, paused, now()).situation();
        }
        takeDown();
    }

    /** It answers again after it did not. */
    void answered() {
        world.senses().tries().answered(camera);
        happens(new Happening.Answered());
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Effect.Tell tell) {
            teller.state(situation, since, tell.more());
        } else if (effect instanceof Effect.Alert alert) {
            teller.alert(alert.fault(), since);
        } else if (effect instanceof Effect.Start) {
            takeDown();
            hands.start();
        } else if (effect instanceof Effect.EndDecoder) {
            hands.endDecoder();
        } else if (effect instanceof Effect.Keep) {
            hands.route().ifPresent(route -> routes = routes.worked(route));
        } else if (effect instanceof Effect.WaitUntil) {
            listen();
            hands.wake();
        }
    }

    /** Who is back need not wait to the end. */
    private void listen() {
        takeDown();
        CameraState state = situation.state();
        boolean lost = state == CameraState.BACKOFF || state == CameraState.OFFLINE;
        if (lost && situation.waiting() && situation.retry() - now() > 0) {
            Address next = addresses.get(routes.current());
            Duration often = state == CameraState.BACKOFF ? KNOCKS : SELDOM_KNOCKS;
            bell = world.bells().hang(next, often, silent, hands::answered);
        }
    }

    private void takeDown() {
        if (bell != DoorBells.NONE) {
            silent = bell.isSilent();
        }
        bell.close();
        bell = DoorBells.NONE;
    }

    /**
     * A decoder runs and has had no first frame for a while: its key frames may be rare, or the
     * camera talks without ever saying anything. It is asked a simple question.
     *
     * @return whether what it says is no answer
     */
    boolean isBabbling() {
        Address address = addresses.get(routes.current());
        if (bell == DoorBells.NONE && address.scheme() == Address.Scheme.RTSP) {
            // A camera that was silent before the decoder began and is not now has forgotten it.
            Runnable ring = silent ? hands::answered : () -> {};
            bell = world.bells().hang(address, SELDOM_KNOCKS, silent, ring);
        }
        return bell.isConfused();
    }

    /** Nobody waits for this camera any more. */
    void close() {
        bell.close();
    }

    /** Another decoder is used without a gap, perhaps of another address. */
    void changedOver(Route before, Route now) {
        routes = routes.at(now.address());
        if (before.address() != now.address()) {
            String which = now.address() == 0 ? "the first address" : "address " + now.address();
            teller.state(situation, since, "now from " + which);
        }
    }

    /** The stream is gone, or did not come: the next way is next. */
    void lost(Fault fault) {
        if (situation.isRunning()) {
            Fault told = routes.told(situation.fault(), fault);
            boolean own = !streamed || Diagnosis.isPermanent(told.cause());
            world.senses().tries().lost(camera, addresses.get(routes.current()), told, own);
            // Who said anything else was there.
            silent &= fault.cause() == Cause.TIMEOUT;
            routes = routes.failed(fault);
            happens(new Happening.Lost(told));
        }
    }

    /**
     * @param fault of its picture
     */
    void frameCame(Optional<Fault> fault) {
        boolean lost = !situation.isStreaming();
        happens(new Happening.FrameCame());
        if (lost && situation.isStreaming()) {
            takeDown();
            silent = false;
            streamed = true;
            world.senses().tries().well(camera);
        }
        picture = fault;
        judgePictures();
    }

    /**
     * @param fault of the analysis of its pictures
     */
    void analysisFault(Optional<Fault> fault) {
        analysis = fault;
        judgePictures();
    }

    /** A picture that shows nothing is told first: no detector would help. */
    private void judgePictures() {
        Optional<Fault> fault = picture.or(() -> analysis);
        if (situation.isStreaming() && !fault.equals(situation.flow().picture())) {
            happens(
                    fault.isPresent()
                            ? new Happening.PictureFault(fault.get())
                            : new Happening.PictureWell());
        }
    }
}
