package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.connect.EndpointSelector;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.reachability.ReachabilityMonitor;
import io.visionops.ingest.internal.state.Action;
import io.visionops.ingest.internal.state.CameraStateMachine;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.state.Transition;
import io.visionops.ingest.internal.state.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a camera stands and which way to it is used: tells {@link CameraStateMachine} what happens
 * and carries out what that says, as far as it is no matter of processes and threads. Guarded by
 * the lock of {@link StreamState}.
 */
final class StateDriver {

    /** What the machine wants of processes and threads. */
    interface Hands {

        /** A decoder is to be started. */
        void start();

        /** The one that runs is to be ended. */
        void endDecoder();

        /** The way of the one that runs; empty when none does. */
        Optional<Endpoint> endpoint();

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
    private final StreamContext world;
    private final StateNotifier notifier;
    private final Hands hands;
    private CameraStateMachine machine;
    private StateData stateData;
    private Instant since;
    private EndpointSelector endpoints;
    private boolean continued;

    /** The first word about this camera is said. */
    private boolean announced;

    /** From these addresses frames came at least once. */
    private boolean streamed;

    private ReachabilityMonitor.Hung bell = ReachabilityMonitor.NONE;

    /** What is wrong with the newest picture. */
    private Optional<Fault> picture = Optional.empty();

    /** What the analysis says of itself; no part of a connection, so it outlives them. */
    private Optional<Fault> analysis = Optional.empty();

    /** The last knock got no answer, perhaps before the last try: the next answer is news. */
    private boolean silent;

    StateDriver(
            DecoderSettings plan,
            List<Address> addresses,
            ReconnectPolicy reconnect,
            StreamContext world,
            StateNotifier notifier,
            Hands hands) {
        this.camera = plan.camera();
        this.addresses = addresses;
        this.world = world;
        this.notifier = notifier;
        this.hands = hands;
        this.machine = machine(reconnect);
        this.stateData = StateData.start(now());
        this.since = world.clock().instant();
        this.endpoints = EndpointSelector.of(addresses, plan.source().transport());
    }

    private CameraStateMachine machine(ReconnectPolicy reconnect) {
        return new CameraStateMachine(reconnect, addresses.size(), world.random()::nextDouble);
    }

    private long now() {
        return world.ticker().nanos();
    }

    void use(ReconnectPolicy reconnect) {
        machine = machine(reconnect);
    }

    void continueFrom(Handover handover) {
        continued = true;
        stateData = handover.stateData();
        since = handover.since();
        endpoints = handover.endpoints();
        streamed = handover.streamed();
        Optional<Fault> known = stateData.flow().picture();
        analysis = known.filter(StateData::isOfAnalysis);
        picture = known.filter(fault -> !StateData.isOfAnalysis(fault));
    }

    /** The first word about this camera; one that goes on is no news. */
    void announce() {
        announced = true;
        if (continued) {
            notifier.continued(stateData);
            listen();
        } else {
            notifier.state(stateData, since, "");
        }
    }

    StateData stateData() {
        return stateData;
    }

    Instant since() {
        return since;
    }

    EndpointSelector endpoints() {
        return endpoints;
    }

    boolean hasStreamed() {
        return streamed;
    }

    /** How long until the next try, by the machine alone; empty when none is planned. */
    Optional<Long> nanosToTry() {
        return stateData.waiting() ? Optional.of(stateData.retry() - now()) : Optional.empty();
    }

    /** How long others want it to wait longer. */
    long nanosToHold() {
        Address next = addresses.get(endpoints.current());
        return world.senses().tries().hold(camera, next).toNanos();
    }

    void happens(Trigger trigger) {
        StateData before = stateData;
        Transition step = machine.next(before, trigger, now());
        stateData = step.stateData();
        if (stateData.state() != before.state()) {
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
        Trigger paused = new Trigger.Paused(words);
        if (announced) {
            happens(paused);
        } else {
            // A camera that begins so; that is told when it is announced.
            stateData = machine.next(stateData, paused, now()).stateData();
        }
        takeDown();
    }

    /** It answers again after it did not. */
    void answered() {
        world.senses().tries().answered(camera);
        happens(new Trigger.Answered());
    }

    private void carryOut(Action action) {
        if (action instanceof Action.Tell tell) {
            notifier.state(stateData, since, tell.more());
        } else if (action instanceof Action.Alert alert) {
            notifier.alert(alert.fault(), since);
        } else if (action instanceof Action.Start) {
            takeDown();
            hands.start();
        } else if (action instanceof Action.EndDecoder) {
            hands.endDecoder();
        } else if (action instanceof Action.Keep) {
            hands.endpoint().ifPresent(endpoint -> endpoints = endpoints.worked(endpoint));
        } else if (action instanceof Action.WaitUntil) {
            listen();
            hands.wake();
        }
    }

    /** Who is back need not wait to the end. */
    private void listen() {
        takeDown();
        CameraState state = stateData.state();
        boolean lost = state == CameraState.BACKOFF || state == CameraState.OFFLINE;
        if (lost && stateData.waiting() && stateData.retry() - now() > 0) {
            Address next = addresses.get(endpoints.current());
            Duration often = state == CameraState.BACKOFF ? KNOCKS : SELDOM_KNOCKS;
            bell = world.bells().hang(next, often, silent, hands::answered);
        }
    }

    private void takeDown() {
        if (bell != ReachabilityMonitor.NONE) {
            silent = bell.isSilent();
        }
        bell.close();
        bell = ReachabilityMonitor.NONE;
    }

    /**
     * A decoder runs and has had no first frame for a while: its key frames may be rare, or the
     * camera talks without ever saying anything. It is asked a simple question.
     *
     * @return whether what it says is no answer
     */
    boolean isBabbling() {
        Address address = addresses.get(endpoints.current());
        if (bell == ReachabilityMonitor.NONE && address.scheme() == Address.Scheme.RTSP) {
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
    void changedOver(Endpoint before, Endpoint now) {
        endpoints = endpoints.at(now.address());
        if (before.address() != now.address()) {
            String which = now.address() == 0 ? "the first address" : "address " + now.address();
            notifier.state(stateData, since, "now from " + which);
        }
    }

    /** The stream is gone, or did not come: the next way is next. */
    void lost(Fault fault) {
        if (stateData.isRunning()) {
            Fault told = endpoints.told(stateData.fault(), fault);
            boolean own = !streamed || FfmpegErrorClassifier.isPermanent(told.cause());
            world.senses().tries().lost(camera, addresses.get(endpoints.current()), told, own);
            // Who said anything else was there.
            silent &= fault.cause() == Cause.TIMEOUT;
            endpoints = endpoints.failed(fault);
            happens(new Trigger.Lost(told));
        }
    }

    /**
     * @param fault of its picture
     */
    void frameCame(Optional<Fault> fault) {
        boolean lost = !stateData.isStreaming();
        happens(new Trigger.FrameCame());
        if (lost && stateData.isStreaming()) {
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
        if (stateData.isStreaming() && !fault.equals(stateData.flow().picture())) {
            happens(
                    fault.isPresent()
                            ? new Trigger.PictureFault(fault.get())
                            : new Trigger.PictureWell());
        }
    }
}
