package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraState;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.handover.HandoverFile;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.stream.StreamState.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a supervisor takes over from the one before it and leaves to the one after it: the decoder
 * that runs, and what has to be known of it. Thread-safe.
 */
final class SwitchOver {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchOver.class);

    /** How often it is looked whether a reader has come to a frame boundary. */
    private static final Duration BOUNDARY_POLL = Duration.ofMillis(10);

    private final StreamState state;
    private final StateLock lock;
    private final FrameRing ring;
    private final HandoverFile file;

    SwitchOver(StreamState state, FrameRing ring) {
        this.state = state;
        this.lock = state.lock();
        this.ring = ring;
        this.file = new HandoverFile(state.context().folder(), state.settings());
    }

    // ---- at the beginning ----

    /** Before the start. */
    void continueFrom(Handover handover) {
        lock.run(
                () -> {
                    state.driver().continueFrom(handover);
                    state.progress().continueFrom(handover);
                    state.left(handover.running());
                    state.use(handover.wish().requests());
                    if (handover.wish().renewal()) {
                        state.policy().ask(state.now());
                    }
                });
    }

    // ---- while it runs ----

    /**
     * In case that nobody finds the time to hand over: a successor counts on from here. For the
     * reader, between two frames or at the end of a file.
     */
    void checkpoint() {
        snapshot().ifPresent(this::write);
    }

    /**
     * Likewise, as it is now, and to the disk.
     *
     * @return false when there is nothing that a successor could go on from
     */
    boolean save() throws IOException {
        Optional<Handover> now = snapshot();
        if (now.isPresent()) {
            file.sync(now.get());
        }
        return now.isPresent();
    }

    private Optional<Handover> snapshot() {
        return lock.get(
                () -> {
                    Decoder current = state.decoder();
                    StateData stateData = state.driver().stateData();
                    boolean nothing = current == null && stateData.state() != CameraState.IDLE;
                    if (!state.goesOn() || nothing) {
                        return Optional.empty();
                    }
                    int unread = state.progress().unread();
                    return Optional.of(
                            handover(
                                    Optional.ofNullable(current).map(state.progress()::running),
                                    unread,
                                    unread > 0 ? again(stateData) : stateData,
                                    false));
                });
    }

    // ---- at the end ----

    /** Nothing goes on, and nobody goes on from here. */
    void end() {
        lock.run(
                () -> {
                    state.leave(Phase.ENDED);
                    state.coverage().close();
                });
        ring.close();
        file.delete();
    }

    /** Stops reading at the next frame boundary; {@link #awaitReleased} is to follow. */
    void leave() {
        lock.run(
                () -> {
                    Decoder current = state.decoder();
                    boolean streams = current != null && current.hasStreamed() && !state.isPaused();
                    state.leave(streams ? Phase.HANDING_OVER : Phase.ENDED);
                });
    }

    /**
     * Waits until the reader is at a frame boundary, or until {@code limit}, and lets go of the
     * decoder. A camera that is slow need not be waited for: nothing of its next frame has been
     * read. Of one that stopped in the middle of a frame the successor passes over the rest.
     *
     * @return whether a decoder was left to a successor
     */
    boolean awaitReleased(Duration limit) throws InterruptedException {
        if (state.settings().isAsap() && !ring.awaitDrained(limit)) {
            // Of a file read in order no frame may be missing: a new decoder reads them again.
            lock.run(() -> state.leave(Phase.ENDED));
        }
        long deadline = state.now() + limit.toNanos();
        return lock.await(
                () -> {
                    Decoder current = state.decoder();
                    while (state.isHandingOver() && current != null) {
                        long rest = deadline - state.now();
                        if (current.stream().isBetween() || rest <= 0) {
                            state.release(current);
                        } else {
                            lock.pause(Math.min(rest, BOUNDARY_POLL.toNanos()));
                        }
                        current = state.decoder();
                    }
                    return state.left().isPresent();
                });
    }

    /** Writes down what a successor must know; nothing happens here any more. */
    void handOver() {
        int unread = ring.close();
        write(lock.get(() -> last(unread)));
    }

    private Handover last(int unread) {
        state.coverage().close();
        StateData stateData = state.driver().stateData();
        boolean readAgain = state.settings().isAsap() && unread > 0;
        if (readAgain) {
            stateData = again(stateData);
        }
        boolean stopped = state.left().isEmpty() || readAgain;
        return handover(
                state.left(),
                unread,
                stopped && stateData.isRunning() ? stateData.waitingUntil(state.now()) : stateData,
                state.policy().isAsked());
    }

    /**
     * @param running left to a successor
     * @param unread frames in the ring that nobody took: of a file read in order a new decoder has
     *     to bring them again
     * @param renewal somebody waits for another decoder
     */
    private Handover handover(
            Optional<Handover.Running> running, int unread, StateData stateData, boolean renewal) {
        int again = state.settings().isAsap() ? unread : 0;
        return new Handover(
                again > 0 ? Optional.empty() : running,
                stateData,
                state.driver().since(),
                state.driver().endpoints(),
                ring.sequence() - again,
                ring.counts(),
                state.progress().passed() - again,
                state.progress().origin(),
                state.progress().launches(),
                state.driver().hasStreamed(),
                new Handover.Wish(state.policy().requests(), renewal));
    }

    /** Some of a file is not seen yet, although its decoder has read it. */
    private StateData again(StateData stateData) {
        return stateData.state() == CameraState.IDLE
                ? stateData.enter(CameraState.CONNECTING, state.now()).waitingUntil(state.now())
                : stateData.waitingUntil(state.now());
    }

    private void write(Handover handover) {
        try {
            file.write(handover);
        } catch (IOException e) {
            LOG.warn(
                    "camera {} cannot be handed over and connects anew: {}",
                    state.settings().camera(),
                    e.toString());
        }
    }
}
