package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.PictureLimits;
import io.visionops.api.camera.Reconnect;
import io.visionops.api.child.Custody;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import io.visionops.ingest.internal.frame.FrameRing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
    private final World world;
    private final CompletableFuture<?> predecessor;
    private final FrameRing ring;
    private final FeedState state;
    private final Launcher launcher;
    private final PictureInspector inspector;
    private final FrameReader reader;
    private final Thread thread;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /**
     * @param predecessor completes when the decoder of the feed before is gone
     */
    Feed(FeedPlan plan, Reconnect reconnect, World world, CompletableFuture<?> predecessor) {
        this.plan = plan;
        this.world = world;
        this.predecessor = predecessor;
        List<Address> addresses = plan.addresses();
        this.ring = new FrameRing(plan.camera(), plan.fps(), plan.isAsap(), 0, world.encoder());
        this.state = new FeedState(plan, addresses, reconnect, world, ring);
        this.launcher = new Launcher(plan, addresses, world);
        this.inspector = world.senses().inspectors().apply(plan);
        this.reader = new FrameReader(state, ring, inspector, world.ticker());
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

    /** Looks at the clock; called twice a second. */
    void watch() {
        state.watch();
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
        try {
            handoverFile().write(state.handover(unread));
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
            follow(launcher.launch(custody.get(), plan.childName(), wanted));
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
        follow(adopted.get());
    }

    /** Reads to the end, or until the decoder is left to a successor. */
    private void follow(Decoder decoder) throws InterruptedException {
        state.begin(decoder);
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
