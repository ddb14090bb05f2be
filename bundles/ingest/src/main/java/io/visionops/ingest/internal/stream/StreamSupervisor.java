package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.DecoderStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.child.ChildUsage;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.EndpointSelector;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.state.LevelRequests;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.state.Trigger;
import io.visionops.ingest.internal.trust.Trust;
import io.visionops.support.log.LogContext;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
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
 * outside, and starts another thread for a decoder beside the current one ({@link StandbyDecoder}).
 * Thread-safe.
 */
public final class StreamSupervisor {

    private static final Logger LOG = LoggerFactory.getLogger(StreamSupervisor.class);

    private final DecoderSettings settings;
    private final FrameRing ring;
    private final StreamState state;
    private final StateLock lock;
    private final SwitchOver switchOver;
    private final PictureInspector inspector;
    private final Trust trust;
    private final DecoderLoop loop;
    private final StandbyDecoder standby;
    private final Thread thread;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Of the current decoder, or of the one before it. */
    private volatile Optional<ChildUsage> usage = Optional.empty();

    /**
     * @param predecessor completes when the decoder of the supervisor before is gone
     */
    public StreamSupervisor(
            DecoderSettings settings,
            ReconnectPolicy reconnect,
            StreamContext context,
            CompletableFuture<?> predecessor) {
        this.settings = settings;
        this.trust = context.trust(settings);
        this.ring =
                new FrameRing(
                        settings.camera(), settings.fps(), settings.isAsap(), 0, context.encoder());
        this.state = new StreamState(settings, reconnect, context, ring);
        this.lock = state.lock();
        this.switchOver = new SwitchOver(state, ring);
        this.inspector = context.senses().inspectors().apply(settings);
        Launcher launcher = new Launcher(settings, settings.addresses(), context, trust);
        FrameReader reader = new FrameReader(state, ring, inspector, switchOver::checkpoint);
        this.loop = new DecoderLoop(state, launcher, reader, ring, switchOver::checkpoint);
        this.standby = new StandbyDecoder(state, launcher, reader, loop);
        this.thread = daemon(() -> run(predecessor), "camera");
    }

    private Thread daemon(Runnable task, String what) {
        return DaemonThreads.create("visionops-ingest-" + what + "-" + settings.camera(), task);
    }

    private void run(CompletableFuture<?> predecessor) {
        LogContext context = LogContext.camera(settings.camera());
        try {
            // If it stays, starting fails with a name that is taken, and is tried again.
            awaitGone(predecessor, Decoder.EXIT);
            loop.run();
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
        return settings;
    }

    public FrameRing ring() {
        return ring;
    }

    /** Completes when the decoder is gone or has been left to a successor. */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    public void useReconnect(ReconnectPolicy reconnect) {
        lock.run(() -> state.driver().use(reconnect));
    }

    /** Who judges the pictures. */
    public PictureInspector pictures() {
        return inspector;
    }

    public Trust trust() {
        return trust;
    }

    public CameraStatus status() {
        return state.status();
    }

    /** Ends the decoder, if there is one, and tries at once. */
    public void reconnect() {
        lock.run(state.driver()::ask);
    }

    /** The same for a file, from its beginning. */
    public void reread() {
        lock.run(
                () -> {
                    state.progress().rewind();
                    state.driver().ask();
                });
    }

    /** This computer did nothing for a while: whatever was silent, was silent because of that. */
    public void stoodStill() {
        lock.run(state::stoodStill);
    }

    /** Connects beside the present connection and changes over, if that can be. */
    public void renew() {
        standby.renew();
    }

    /** What the analysis says of itself. */
    public void analysisFault(Optional<Fault> fault) {
        lock.run(
                () -> {
                    if (state.goesOn()) {
                        state.driver().analysisFault(fault);
                    }
                });
    }

    /** Somebody asks for less or more to be done. */
    public void request(LevelRequest request) {
        state.request(request);
    }

    /** Before the start: what was asked for before. */
    public void use(LevelRequests requests) {
        lock.run(() -> state.use(requests));
    }

    public LevelRequests requests() {
        return lock.get(state.policy()::requests);
    }

    public ServiceLevel level() {
        return lock.get(state.policy()::level);
    }

    /** The decoder that runs and what it used when its processes were last looked at. */
    public Optional<DecoderStatus> connection() {
        return current()
                .map(decoder -> decoder.connection(usage, state.address(decoder.endpoint())));
    }

    private Optional<Decoder> current() {
        return lock.get(() -> Optional.ofNullable(state.decoder()));
    }

    /**
     * Looks at the clock; called twice a second.
     *
     * @param children what each one uses, by name
     */
    public void watch(Map<String, ChildUsage> children) {
        usage = current().map(decoder -> children.get(decoder.child().name()));
        long memory = usage.map(ChildUsage::memory).orElse(0L);
        lock.run(() -> judge(memory));
        standby.due().ifPresent(next -> daemon(() -> standby.run(next), "next").start());
    }

    /** Ends a decoder that is silent, judges the rate. Guarded by "lock". */
    private void judge(long memory) {
        long now = state.now();
        Decoder beside = state.standby();
        if (beside != null) {
            beside.judge(now);
        }
        if (state.goesOn()) {
            state.coverage().tick();
        }
        Decoder decoder = state.decoder();
        if (decoder == null || !state.goesOn() || state.isPaused()) {
            // A wait is over by our clock, which need not be the system's.
            lock.changed();
            return;
        }
        if (ring.isHoldingUp()) {
            decoder.progress(now);
        }
        StateDriver driver = state.driver();
        if (decoder.isLate(now) && driver.isConfused()) {
            decoder.giveUp(EndpointSelector.BABBLE);
        }
        decoder.judge(now);
        state.coverage().decoder(decoder.child());
        state.progress()
                .judgeRate(driver.stateData(), decoder.expected(), now)
                .ifPresent(driver::happens);
        state.policy().used(now, memory);
    }

    /** Its configuration says that it is not wanted; to be followed by {@link #end}. */
    public void disable() {
        lock.run(() -> state.driver().happens(new Trigger.Disabled()));
    }

    /** Ends the decoder and the thread; {@link #gone} tells when it is done. */
    public void end() {
        switchOver.end();
    }

    /** Stops reading at the next frame boundary; {@link #awaitReleased} is to follow. */
    public void leave() {
        switchOver.leave();
    }

    /** Lets go of the decoder; {@link #handOver} is to follow. */
    public void awaitReleased(Duration limit) throws InterruptedException {
        if (switchOver.awaitReleased(limit)) {
            gone.complete(null);
        }
    }

    /** Writes down what a successor must know. */
    public void handOver() {
        switchOver.handOver();
    }

    /**
     * Writes down what a successor would have to know now, and to the disk.
     *
     * @return false when there is nothing that a successor could go on from
     */
    public boolean save() throws IOException {
        return switchOver.save();
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
