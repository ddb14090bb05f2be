package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.connect.EndpointSelector;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.reachability.CameraProbe;
import io.visionops.ingest.internal.state.Action;
import io.visionops.ingest.internal.state.CameraStateMachine;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.state.Transition;
import io.visionops.ingest.internal.state.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a camera is and which way to it is used: tells {@link CameraStateMachine} what happens and
 * carries out what that says; what concerns decoders is done by the {@link Owner}. Guarded by the
 * lock of {@link StreamState}.
 */
final class StateDriver {

    /** Who has the decoders. */
    interface Owner {

        /** The one that runs is to be ended. */
        void endDecoder();

        /** The time of the next try has changed. */
        void changed();

        /** The camera answers again; comes from any thread, without the lock. */
        void answered();
    }

    private final String camera;
    private final List<Address> addresses;
    private final StreamContext context;
    private final StateNotifier notifier;
    private final Owner owner;
    private final CameraProbe probe;
    private CameraStateMachine machine;
    private StateData stateData;
    private Instant since;
    private EndpointSelector endpoints;

    /** Where the last frame came from. */
    private Endpoint used;

    /** A predecessor's state goes on. */
    private boolean continued;

    /** The first word about this camera is said. */
    private boolean announced;

    /** From these addresses frames came at least once. */
    private boolean streamed;

    /** Somebody waits for the next try, which nobody holds back then. */
    private boolean asked;

    /** What is wrong with the newest picture. */
    private Optional<Fault> picture = Optional.empty();

    /** What the analysis says of itself; no part of a connection, so it outlives them. */
    private Optional<Fault> analysis = Optional.empty();

    StateDriver(
            DecoderSettings settings,
            List<Address> addresses,
            ReconnectPolicy reconnect,
            StreamContext context,
            StateNotifier notifier,
            Owner owner) {
        this.camera = settings.camera();
        this.addresses = addresses;
        this.context = context;
        this.notifier = notifier;
        this.owner = owner;
        this.probe = new CameraProbe(context.reachability(), owner::answered);
        this.machine = machine(reconnect);
        this.stateData = StateData.start(now());
        this.since = context.clock().instant();
        this.endpoints = EndpointSelector.of(addresses, settings.source().transport());
        this.used = endpoints.endpoint();
    }

    private CameraStateMachine machine(ReconnectPolicy reconnect) {
        return new CameraStateMachine(reconnect, addresses.size(), context.random()::nextDouble);
    }

    private long now() {
        return context.ticker().nanos();
    }

    void use(ReconnectPolicy reconnect) {
        machine = machine(reconnect);
    }

    ReconnectPolicy reconnect() {
        return machine.reconnect();
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
            probeWhileLost();
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

    private Address address() {
        return addresses.get(endpoints.current());
    }

    /**
     * How long until the next try: by the state machine, then as the limits for all cameras hold it
     * back, unless somebody asked. Empty when none is planned; with zero or less it begins.
     */
    OptionalLong nanosToTry() {
        if (!stateData.waiting()) {
            return OptionalLong.empty();
        }
        long wait = stateData.retry() - now();
        boolean held = wait <= 0 && !asked;
        return OptionalLong.of(
                held ? context.senses().limiter().hold(camera, address()).toNanos() : wait);
    }

    void happens(Trigger trigger) {
        StateData before = stateData;
        Transition step = machine.next(before, trigger, now());
        stateData = step.stateData();
        if (stateData.state() != before.state()) {
            since = context.clock().instant();
        }
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(Action action) {
        if (action instanceof Action.Tell tell) {
            notifier.state(stateData, since, tell.more());
        } else if (action instanceof Action.Alert alert) {
            notifier.alert(alert.fault(), since);
        } else if (action instanceof Action.Start) {
            probe.stop();
            asked = false;
        } else if (action instanceof Action.EndDecoder) {
            owner.endDecoder();
        } else if (action instanceof Action.Keep) {
            endpoints = endpoints.worked(used);
        } else if (action instanceof Action.WaitUntil) {
            probeWhileLost();
            owner.changed();
        }
    }

    /** A camera that answers again is tried at once, without waiting for its backoff. */
    private void probeWhileLost() {
        probe.stop();
        CameraState state = stateData.state();
        boolean lost = state == CameraState.BACKOFF || state == CameraState.OFFLINE;
        if (lost && stateData.waiting() && stateData.retry() - now() > 0) {
            probe.start(address(), state == CameraState.BACKOFF);
        }
    }

    /** Somebody wants it to be tried at once: nobody holds that back. */
    void ask() {
        asked = true;
        happens(new Trigger.Asked());
    }

    /**
     * Nothing is to be decoded; the camera is not asked for anything meanwhile.
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
        probe.stop();
    }

    /** It answers again after it did not. */
    void answered() {
        context.senses().limiter().answered(camera);
        happens(new Trigger.Answered());
    }

    /** A decoder has had no first frame for a while: whether what the camera says is no answer. */
    boolean isConfused() {
        return probe.isConfused(address());
    }

    /** Nobody waits for this camera any more. */
    void close() {
        probe.stop();
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
            context.senses().limiter().lost(camera, address(), told, own);
            probe.failed(fault);
            boolean refused = endpoints.isRefused(fault);
            endpoints = endpoints.failed(fault);
            happens(new Trigger.Lost(told, refused));
        }
    }

    /**
     * @param endpoint that it came from
     * @param fault of its picture
     */
    void frameCame(Endpoint endpoint, Optional<Fault> fault) {
        boolean lost = !stateData.isStreaming();
        used = endpoint;
        happens(new Trigger.FrameCame());
        if (lost && stateData.isStreaming()) {
            probe.streams();
            streamed = true;
            context.senses().limiter().well(camera);
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
