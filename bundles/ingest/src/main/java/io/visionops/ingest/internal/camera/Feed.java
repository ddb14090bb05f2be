package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Connection;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.PictureLimits;
import io.visionops.api.camera.Reconnect;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.child.ChildUsage;
import io.visionops.api.child.Custody;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import io.visionops.ingest.internal.frame.FrameRing;
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
 * Keeps one camera's decoder running and its frames coming. A thread of its own starts decoders,
 * reads them and waits; {@link #watch} is called twice a second from outside. Thread-safe.
 */
final class Feed {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private final FeedPlan plan;
    private final List<Address> addresses;
    private final World world;
    private final CompletableFuture<?> predecessor;
    private final FrameRing ring;
    private final FeedState state;
    private final Launcher launcher;
    private final PictureInspector inspector;
    private final FrameReader reader;
    private final Thread thread;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Of the current decoder, or of the one before it. */
    private volatile Optional<ChildUsage> usage = Optional.empty();

    /**
     * @param predecessor completes when the decoder of the feed before is gone
     */
    Feed(FeedPlan plan, Reconnect reconnect, World world, CompletableFuture<?> predecessor) {
        this.plan = plan;
        this.world = world;
        this.predecessor = predecessor;
        this.addresses = plan.addresses();
        this.ring = new FrameRing(plan.camera(), plan.fps(), plan.isAsap(), 0, world.encoder());
        this.state = new FeedState(plan, addresses, reconnect, world, ring);
        this.launcher = new Launcher(plan, addresses, world);
        this.inspector = world.senses().inspectors().apply(plan);
        this.reader = new FrameReader(state, ring, inspector, world.ticker(), this::writeDown);
        this.thread = new Thread(this::run, "visionops-ingest-camera-" + plan.camera());
        this.thread.setDaemon(true);
    }

    /** Before the start: goes on where another feed of this camera stopped. */
    void continueFrom(Handover handover) {
        state.continueFrom(handover);
        inspector.goOnWith(handover.situation().flow().picture());
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

    void useReconnect(Reconnect reconnect) {
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

    CameraStatus status() {
        return state.status();
    }

    /** Ends the decoder, if there is one, and tries at once. */
    void reconnect() {
        state.ask();
    }

    /** This computer did nothing for a while: whatever was silent, was silent because of that. */
    void stoodStill() {
        state.stoodStill();
    }

    /** Connects beside the present connection and changes over, if that can be. */
    void renew() {
        state.renew();
    }

    /** How much is to be decoded. */
    void serve(ServiceLevel level) {
        state.serve(level);
    }

    ServiceLevel level() {
        return state.level();
    }

    /** The decoder that runs and what it used when its processes were last looked at. */
    Optional<Connection> connection() {
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
        state.watch(used.map(ChildUsage::memory).orElse(0L))
                .ifPresent(
                        next -> {
                            Thread second =
                                    new Thread(
                                            () -> replace(next),
                                            "visionops-ingest-next-" + plan.camera());
                            second.setDaemon(true);
                            second.start();
                        });
    }

    /** Its configuration says that it is not wanted; to be followed by {@link #end}. */
    void disable() {
        state.disable();
    }

    /** Ends the decoder and the thread; {@link #gone} tells when it is done. */
    void end() {
        state.end();
        ring.close();
        handoverFile().delete();
    }

    /** Stops reading at the next frame boundary; {@link #awaitReleased} is to follow. */
    void leave() {
        state.leave();
    }

    /** Lets go of the decoder; {@link #handOver} is to follow. */
    void awaitReleased(Duration limit) throws InterruptedException {
        if (plan.isAsap() && !ring.awaitDrained(limit)) {
            // Of a file read in order no frame may be missing: a new decoder reads them again.
            state.end();
        }
        if (state.awaitReleased(limit)) {
            gone.complete(null);
        }
    }

    /** Writes down what a successor must know. */
    void handOver() {
        int unread = ring.close();
        write(state.handover(unread));
    }

    /** In case that nobody finds the time to hand over: a successor counts on from here. */
    private void writeDown() {
        state.snapshot().ifPresent(this::write);
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
        return new HandoverFile(world.folder(), plan);
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

    // ---- the reader's thread ----

    private void run() {
        try {
            // If it stays, starting fails with a name that is taken, and is tried again.
            awaitGone(predecessor, Decoder.EXIT);
            Optional<Handover.Running> running = state.open();
            if (running.isPresent()) {
                whateverHappens(() -> resume(running.get()));
            }
            while (state.awaitTurn()) {
                whateverHappens(this::attempt);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone.complete(null);
        }
    }

    /** What may fail in ways that are known. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException, DecoderUnavailable, IOException;
    }

    /** A fault of ours, or a lack of memory, must not be the end of a camera: it is tried again. */
    private void whateverHappens(Work work) throws InterruptedException {
        try {
            work.run();
        } catch (DecoderUnavailable e) {
            state.failed(new Fault(Cause.CRASHED, String.valueOf(e.getMessage())));
        } catch (IOException | IllegalStateException e) {
            String words = "the decoder cannot be started: " + e.getMessage();
            state.failed(new Fault(Cause.CRASHED, words));
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("camera {}: {}", plan.camera(), e.toString(), e);
            state.failed(new Fault(Cause.CRASHED, e.toString()));
        }
    }

    private void attempt() throws InterruptedException, DecoderUnavailable, IOException {
        Optional<Custody> custody = state.awaitCustody();
        if (custody.isPresent()) {
            FeedState.Wanted wanted = state.wanted();
            Decoder decoder = launcher.launch(custody.get(), wanted, Decoder.Origin.STARTED);
            state.begin(decoder);
            follow(decoder);
        }
    }

    /** Goes on with the decoder that a predecessor left, if it is just what is wanted. */
    private void resume(Handover.Running left)
            throws InterruptedException, DecoderUnavailable, IOException {
        Optional<Custody> custody = state.awaitCustody();
        if (custody.isEmpty()) {
            return;
        }
        Optional<Decoder> adopted = launcher.adopt(custody.get(), left);
        if (adopted.isEmpty()) {
            state.notFound();
            return;
        }
        long missed = left.picturesSince(adopted.get().child().position());
        ring.continueAfter(ring.sequence() + missed);
        LOG.info("camera {} goes on with its decoder, pid {}", plan.camera(), left.pid());
        state.begin(adopted.get());
        follow(adopted.get());
    }

    // ---- the thread of a decoder beside the current one; it ends with that decoder ----

    private void replace(Replacement next) {
        LOG.info("camera {}: another decoder, because {}", plan.camera(), next.reason());
        try {
            Optional<Custody> custody = world.custody().get();
            if (custody.isPresent()) {
                FeedState.Wanted wanted = state.wanted(next);
                Decoder decoder = launcher.launch(custody.get(), wanted, Decoder.Origin.BESIDE);
                state.beginBeside(decoder);
                follow(decoder);
                if (state.isUnderWay(next)) {
                    LOG.warn("camera {}: the other decoder gives no frames", plan.camera());
                    decoder.end();
                    Decoder.awaitExit(decoder.child());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DecoderUnavailable | IOException | RuntimeException | OutOfMemoryError e) {
            LOG.warn("camera {}: no other decoder: {}", plan.camera(), e.toString());
        } finally {
            state.renewalFailed(next);
        }
    }

    /** Reads to the end, or until the decoder is left to a successor. */
    private void follow(Decoder decoder) throws InterruptedException {
        boolean read = false;
        try {
            Optional<String> broken = reader.read(decoder, state.seen());
            read = true;
            if (state.isCurrent(decoder)) {
                if (broken.isPresent()) {
                    decoder.end();
                }
                state.ended(decoder, Decoder.awaitExit(decoder.child()), broken);
            }
        } finally {
            if (!read && state.isCurrent(decoder)) {
                decoder.end();
                Decoder.awaitExit(decoder.child());
            }
        }
    }
}
