package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.DecoderStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.PictureLimits;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.child.ChildUsage;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.frame.FrameRing;
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
 * Keeps one camera's decoder running and its frames coming. A thread of its own ({@link Decoding})
 * starts decoders, reads them and waits; {@link #watch} is called twice a second from outside.
 * Thread-safe.
 */
final class Feed {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private final FeedPlan plan;
    private final List<Address> addresses;
    private final World world;
    private final FrameRing ring;
    private final FeedState state;
    private final Understudy understudy;
    private final Succession succession;
    private final PictureInspector inspector;
    private final Trust trust;
    private final Decoding decoding;
    private final Thread thread;

    /** Of the file that is there when the feed begins. */
    private final HandoverFile handoverFile;

    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Of the current decoder, or of the one before it. */
    private volatile Optional<ChildUsage> usage = Optional.empty();

    /**
     * @param predecessor completes when the decoder of the feed before is gone
     */
    Feed(FeedPlan plan, ReconnectPolicy reconnect, World world, CompletableFuture<?> predecessor) {
        this.plan = plan;
        this.trust = world.trust(plan);
        this.world = world;
        this.addresses = plan.addresses();
        this.handoverFile = new HandoverFile(world.folder(), plan);
        this.ring = new FrameRing(plan.camera(), plan.fps(), plan.isAsap(), 0, world.encoder());
        this.state = new FeedState(plan, addresses, reconnect, world, ring);
        this.understudy = new Understudy(state);
        this.succession = new Succession(state, understudy);
        this.inspector = world.senses().inspectors().apply(plan);
        FrameReader reader =
                new FrameReader(
                        new Arrivals(state, succession),
                        understudy,
                        ring,
                        inspector,
                        world.ticker(),
                        plan.isAsap(),
                        this::writeDown);
        Launcher launcher = new Launcher(plan, addresses, world, trust);
        this.decoding =
                new Decoding(
                        state, understudy, succession, launcher, reader, ring, this::writeDown);
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
    void continueFrom(Handover handover) {
        succession.continueFrom(handover);
        inspector.goOnWith(
                handover.situation().flow().picture().filter(one -> !Course.isOfAnalysis(one)));
    }

    void start() {
        thread.start();
    }

    FeedPlan plan() {
        return plan;
    }

    FrameRing ring() {
        return ring;
    }

    /** Completes when the decoder is gone or has been left to a successor. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    void useReconnect(ReconnectPolicy reconnect) {
        state.use(reconnect);
    }

    void use(PictureLimits limits) {
        inspector.limit(limits);
    }

    void forgetView() {
        inspector.forget();
    }

    void acceptView() {
        inspector.acceptView();
    }

    Trust trust() {
        return trust;
    }

    CameraStatus status() {
        return state.status();
    }

    /** Ends the decoder, if there is one, and tries at once. */
    void reconnect() {
        state.ask();
    }

    /** The same for a file, from its beginning. */
    void reread() {
        state.reread();
    }

    /** This computer did nothing for a while: whatever was silent, was silent because of that. */
    void stoodStill() {
        state.stoodStill();
    }

    /** Connects beside the present connection and changes over, if that can be. */
    void renew() {
        understudy.renew();
    }

    /** What the analysis says of itself. */
    void analysisFault(Optional<Fault> fault) {
        state.analysisFault(fault);
    }

    /** Somebody asks for less or more to be done. */
    void request(LevelRequest request) {
        understudy.request(request);
    }

    /** Before the start: what was asked for before. */
    void use(LevelRequests requests) {
        state.use(requests);
    }

    LevelRequests requests() {
        return state.requests();
    }

    ServiceLevel level() {
        return state.level();
    }

    /** The decoder that runs and what it used when its processes were last looked at. */
    Optional<DecoderStatus> connection() {
        return state.current().map(decoder -> decoder.connection(usage, addresses));
    }

    /**
     * Looks at the clock; called twice a second.
     *
     * @param children what each one uses, by name
     */
    void watch(Map<String, ChildUsage> children) {
        Optional<ChildUsage> used =
                state.current().map(decoder -> children.get(decoder.child().name()));
        usage = used;
        understudy.watch();
        state.watch(used.map(ChildUsage::memory).orElse(0L));
        understudy.due().ifPresent(next -> daemon(() -> decoding.replace(next), "next").start());
    }

    /** Its configuration says that it is not wanted; to be followed by {@link #end}. */
    void disable() {
        state.disable();
    }

    /** Ends the decoder and the thread; {@link #gone} tells when it is done. */
    void end() {
        succession.end();
        ring.close();
        handoverFile().delete();
    }

    /** Stops reading at the next frame boundary; {@link #awaitReleased} is to follow. */
    void leave() {
        succession.leave();
    }

    /** Lets go of the decoder; {@link #handOver} is to follow. */
    void awaitReleased(Duration limit) throws InterruptedException {
        if (plan.isAsap() && !ring.awaitDrained(limit)) {
            // Of a file read in order no frame may be missing: a new decoder reads them again.
            succession.end();
        }
        if (succession.awaitReleased(limit)) {
            gone.complete(null);
        }
    }

    /** Writes down what a successor must know. */
    void handOver() {
        int unread = ring.close();
        write(succession.handover(unread));
    }

    /** In case that nobody finds the time to hand over: a successor counts on from here. */
    private void writeDown() {
        succession.snapshot().ifPresent(this::write);
    }

    /**
     * Likewise, as it is now, and to the disk.
     *
     * @return false when there is nothing that a successor could go on from
     */
    boolean save() throws IOException {
        Optional<Handover> now = succession.snapshot();
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
    boolean awaitGone(Duration limit) throws InterruptedException {
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
