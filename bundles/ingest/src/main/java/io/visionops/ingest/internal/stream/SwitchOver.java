package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraState;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.state.StateData;
import java.time.Duration;
import java.util.Optional;

/**
 * What a feed takes over from the one before it and leaves to the one after it: the decoder that
 * runs, and what has to be known of it. Thread-safe.
 */
final class SwitchOver {

    /** How often it is looked whether a reader has come to a frame boundary. */
    private static final Duration BOUNDARY_POLL = Duration.ofMillis(10);

    private final StreamState state;
    private final StateLock guard;
    private final StandbyDecoder standby;

    /** From a predecessor until it is claimed, then for a successor. Guarded by "guard". */
    private Optional<Handover.Running> left = Optional.empty();

    /** Guarded by "guard". */
    private boolean handingOver;

    SwitchOver(StreamState state, StandbyDecoder standby) {
        this.state = state;
        this.guard = state.guard();
        this.standby = standby;
    }

    // ---- at the beginning ----

    void continueFrom(Handover handover) {
        guard.run(
                () -> {
                    state.driver().continueFrom(handover);
                    state.progress().continueFrom(handover);
                    left = handover.running();
                    state.use(handover.wish().requests());
                    if (handover.wish().renewal()) {
                        state.renewal().ask(state.now());
                    }
                });
    }

    /** Returns the decoder that a predecessor left. */
    Optional<Handover.Running> open() {
        return guard.get(
                () -> {
                    state.driver().announce();
                    return left;
                });
    }

    /** What a predecessor left is claimed, or of no use. Guarded by "guard". */
    void inherited() {
        left = Optional.empty();
    }

    // ---- at the end ----

    /** Nothing goes on. */
    void end() {
        guard.run(
                () -> {
                    state.leave();
                    handingOver = false;
                    state.endDecoder();
                    standby.end();
                    state.account().close();
                });
    }

    /** Stops reading at the next frame boundary. */
    void leave() {
        guard.run(
                () -> {
                    state.leave();
                    standby.end();
                    Decoder current = state.decoder();
                    handingOver = current != null && current.hasStreamed() && !state.isPaused();
                    if (!handingOver) {
                        state.endDecoder();
                    }
                });
    }

    /** The decoder is to be left at the next frame boundary. Guarded by "guard". */
    boolean isHandingOver() {
        return handingOver;
    }

    /**
     * Waits until the reader is at a frame boundary, or until {@code limit}, and lets go of the
     * decoder. A camera that is slow need not be waited for: nothing of its next frame has been
     * read. Of one that stopped in the middle of a frame the successor passes over the rest.
     *
     * @return whether a decoder was left to a successor
     */
    boolean awaitReleased(Duration limit) throws InterruptedException {
        long deadline = state.now() + limit.toNanos();
        return guard.await(
                () -> {
                    Decoder current = state.decoder();
                    while (handingOver && current != null) {
                        long rest = deadline - state.now();
                        if (current.stream().isBetween() || rest <= 0) {
                            release(current);
                        } else {
                            guard.pause(Math.min(rest, BOUNDARY_POLL.toNanos()));
                        }
                        current = state.decoder();
                    }
                    return left.isPresent();
                });
    }

    /** Guarded by "guard". */
    void release(Decoder decoder) {
        left = Optional.of(running(decoder));
        decoder.child().detach();
        state.clear();
    }

    private Handover.Running running(Decoder decoder) {
        return new Handover.Running(
                decoder.child().name(),
                decoder.child().process().pid(),
                state.progress().size(),
                decoder.stream().header(),
                decoder.child().position(),
                decoder.endpoint(),
                decoder.level());
    }

    /**
     * What a successor would have to know now; for the reader, between two frames or at the end of
     * a file.
     */
    Optional<Handover> snapshot() {
        return guard.get(
                () -> {
                    Decoder current = state.decoder();
                    StateData stateData = state.driver().stateData();
                    if (state.isLeaving()
                            || current == null && stateData.state() != CameraState.IDLE) {
                        return Optional.empty();
                    }
                    int unread = state.progress().unread();
                    return Optional.of(
                            state.progress()
                                    .handover(
                                            Optional.ofNullable(current).map(this::running),
                                            state.driver(),
                                            unread,
                                            unread > 0 ? again(stateData) : stateData,
                                            wish(false)));
                });
    }

    /** Some of a file is not seen yet, although its decoder has read it. */
    private StateData again(StateData stateData) {
        return stateData.state() == CameraState.IDLE
                ? stateData.enter(CameraState.CONNECTING, state.now()).waitingUntil(state.now())
                : stateData.waitingUntil(state.now());
    }

    /**
     * What a successor must know; nothing happens here any more.
     *
     * @param unread frames in the ring that nobody took
     */
    Handover handover(int unread) {
        return guard.get(
                () -> {
                    state.account().close();
                    StateData stateData = state.driver().stateData();
                    if (state.plan().isAsap() && unread > 0) {
                        stateData = again(stateData);
                    }
                    boolean stopped = left.isEmpty() || state.plan().isAsap() && unread > 0;
                    return state.progress()
                            .handover(
                                    left,
                                    state.driver(),
                                    unread,
                                    stopped && stateData.isRunning()
                                            ? stateData.waitingUntil(state.now())
                                            : stateData,
                                    wish(state.renewal().isAsked()));
                });
    }

    private Handover.Wish wish(boolean renewal) {
        return new Handover.Wish(state.renewal().requests(), renewal);
    }
}
