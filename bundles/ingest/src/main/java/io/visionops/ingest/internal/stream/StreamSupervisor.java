package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.DecoderStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.PictureLimits;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.child.ChildUsage;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.handover.HandoverFile;
import io.visionops.ingest.internal.state.LevelRequests;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.trust.Trust;
import io.visionops.support.log.LogContext;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one camera's decoder running and its frames coming. A thread of its own ({@link
 * DecoderLoop}) starts decoders, reads them and waits; {@link #watch} is called twice a second from
 * outside. Thread-safe.
 */
public final class StreamSupervisor {

    private static final Logger LOG = LoggerFactory.getLogger(StreamSupervisor.class);

    private final DecoderSettings plan;
    private final List<Address> addresses;
    private final StreamContext world;
    private final FrameRing ring;
    private final StreamState state;
    private final StandbyDecoder standby;
    private final SwitchOver switchOver;
    private final PictureInspector inspector;
    private final Trust trust;
    private final DecoderLoop decoding;
    private final Thread thread;

    /** Of the file that is there when the feed begins. */
    private final HandoverFile handoverFile;

    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Of the current decoder, or of the one before it. */
    private volatile Optional<ChildUsage> usage = Optional.empty();

    /**
     * @param predecessor completes when the decoder of the feed before is gone
     */
    public StreamSupervisor(
            DecoderSettings plan,
            ReconnectPolicy reconnect,
            StreamContext world,
            CompletableFuture<?> predecessor) {
        this.plan = plan;
        this.trust = world.trust(plan);
        this.world = world;
        this.addresses = plan.addresses();
        this.handoverFile = new HandoverFile(world.folder(), plan);
        this.ring = new FrameRing(plan.camera(), plan.fps(), plan.isAsap(), 0, world.encoder());
        this.state = new StreamState(plan, addresses, reconnect, world, ring);
        this.standby = new StandbyDecoder(state);
        this.switchOver = new SwitchOver(state, standby);
        this.inspector = world.senses().inspectors().apply(plan);
        FrameReader reader =
                new FrameReader(
                        new FrameIntake(state, switchOver),
                        standby,
                        ring,
                        inspector,
                        world.ticker(),
                        plan.isAsap(),
                        this::writeDown);
        Launcher launcher = new Launcher(plan, addresses, world, trust);
        this.decoding =
                new DecoderLoop(
                        state, standby, switchOver, launcher, reader, ring, this::writeDown);
        this.thread = daemon(() -> run(predecessor), "camera");
    }

    private Thread daemon(Runnable task, String what) {
        return DaemonThreads.create("visionops-ingest-" + what + "-" + plan.camera(), task);
    }

    private void run(CompletableFuture<?> predecessor) {
        LogContext context = LogContext.camera(plan.camera());
        try {
            // If it stays, starting fails with a name that is taken, and is tried again.
            awaitGone(predecessor, Decoder.EXIT);
            decoding.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone.complete(null);
            context.close();
        }
    }

    /** Before the start: goes on where another feed of this camera stopped. */
    public void continueFrom(Handover handover) {
        switchOver.continueFrom(handover);
        inspector.goOnWith(
                handover.stateData().flow().picture().filter(one -> !StateData.isOfAnalysis(one)));
    }

    public void start() {
        thread.start();
    }

    public DecoderSettings plan() {
        return plan;
    }

    public FrameRing ring() {
        return ring;
    }

    /** Completes when the decoder is gone or has been left to a successor. */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    public void useReconnect(ReconnectPolicy reconnect) {
        state.use(reconnect);
    }

    public void use(PictureLimits limits) {
        inspector.limit(limits);
    }

    public void forgetView() {
        inspector.forget();
    }

    public void acceptView() {
        inspector.acceptView();
    }

    public Trust trust() {
        return trust;
    }

    public CameraStatus status() {
        return state.status();
    }

    /** Ends the decoder, if there is one, and tries at once. */
    public void reconnect() {
        state.ask();
    }

    /** The same for a file, from its beginning. */
    public void reread() {
        state.reread();
    }

    /** This computer did nothing for a while: whatever was silent, was silent because of that. */
    public void stoodStill() {
        state.stoodStill();
    }

    /** Connects beside the present connection and changes over, if that can be. */
    public void renew() {
        standby.renew();
    }

    /** What the analysis says of itself. */
    public void analysisFault(Optional<Fault> fault) {
        state.analysisFault(fault);
    }

    /** Somebody asks for less or more to be done. */
    public void request(LevelRequest request) {
        standby.request(request);
    }

    /** Before the start: what was asked for before. */
    public void use(LevelRequests requests) {
        state.use(requests);
    }

    public LevelRequests requests() {
        return state.requests();
    }

    public ServiceLevel level() {
        return state.level();
    }

    /** The decoder that runs and what it used when its processes were last looked at. */
    public Optional<DecoderStatus> connection() {
        return state.current().map(decoder -> decoder.connection(usage, addresses));
    }

    /**
     * Looks at the clock; called twice a second.
     *
     * @param children what each one uses, by name
     */
    public void watch(Map<String, ChildUsage> children) {
        Optional<ChildUsage> used =
                state.current().map(decoder -> children.get(decoder.child().name()));
        usage = used;
        standby.watch();
        state.watch(used.map(ChildUsage::memory).orElse(0L));
        standby.due().ifPresent(next -> daemon(() -> decoding.replace(next), "next").start());
    }

    /** Its configuration says that it is not wanted; to be followed by {@link #end}. */
    public void disable() {
        state.disable();
    }

    /** Ends the decoder and the thread; {@link #gone} tells when it is done. */
    public void end() {
        switchOver.end();
        ring.close();
        handoverFile().delete();
    }

    /** Stops reading at the next frame boundary; {@link #awaitReleased} is to follow. */
    public void leave() {
        switchOver.leave();
    }

    /** Lets go of the decoder; {@link #handOver} is to follow. */
    public void awaitReleased(Duration limit) throws InterruptedException {
        if (plan.isAsap() && !ring.awaitDrained(limit)) {
            // Of a file read in order no frame may be missing: a new decoder reads them again.
            switchOver.end();
        }
        if (switchOver.awaitReleased(limit)) {
            gone.complete(null);
        }
    }

    /** Writes down what a successor must know. */
    public void handOver() {
        int unread = ring.close();
        write(switchOver.handover(unread));
    }

    /** In case that nobody finds the time to hand over: a successor counts on from here. */
    private void writeDown() {
        switchOver.snapshot().ifPresent(this::write);
    }

    /**
     * Likewise, as it is now, and to the disk.
     *
     * @return false when there is nothing that a successor could go on from
     */
    public boolean save() throws IOException {
        Optional<Handover> now = switchOver.snapshot();
        if (now.isPresent()) {
            handoverFile().sync(now.get());
        }
        return now.isPresent();
    }

    private void write(Handover handover) {
        try {
            handoverFile().write(handover);
        } catch (IOException e) {
            LOG.warn(
                    "camera {} cannot be handed over and connects anew: {}",
                    plan.camera(),
                    e.toString());
        }
    }

    private HandoverFile handoverFile() {
        return handoverFile;
    }

    /**
     * Waits until the decoder is gone or left to a successor.
     *
     * @return false when it is not in that time
     */
    public boolean awaitGone(Duration limit) throws InterruptedException {
        return awaitGone(gone, limit);
    }

    private static boolean awaitGone(CompletableFuture<?> other, Duration limit)
            throws InterruptedException {
        try {
            other.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("a decoder is still there", e);
            return false;
        }
    }
}
