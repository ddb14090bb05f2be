package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import io.visionops.api.child.ChildProcesses;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.state.Trigger;
import java.time.Duration;
import java.util.Optional;

/**
 * One decoder after the other: when the next one is due, which one that is, and what its end means.
 * For the thread that starts them. Thread-safe.
 */
final class ConnectScheduler {

    private static final Duration PROCESSES_POLL = Duration.ofSeconds(1);

    private final StreamState state;
    private final StateLock guard;
    private final StandbyDecoder standby;
    private final SwitchOver switchOver;

    ConnectScheduler(StreamState state, StandbyDecoder standby, SwitchOver switchOver) {
        this.state = state;
        this.guard = state.guard();
        this.standby = standby;
        this.switchOver = switchOver;
    }

    /** Waits until it is time to try; false when there is nothing more to do. */
    boolean awaitTurn() throws InterruptedException {
        return guard.await(
                () -> {
                    state.notStarting();
                    // Whoever reads the current decoder, this thread is the last to go.
                    while (!state.isLeaving() && !state.isStarting() || isOccupied()) {
                        long wait = nanosToTry();
                        if (wait > 0) {
                            guard.pause(wait);
                        } else {
                            state.driver().happens(new Trigger.Due());
                        }
                    }
                    return !state.isLeaving();
                });
    }

    private boolean isOccupied() {
        return state.decoder() != null || standby.isUnderWay();
    }

    private long nanosToTry() {
        if (state.isLeaving() || isOccupied()) {
            return Long.MAX_VALUE;
        }
        long wait = state.driver().nanosToTry().orElse(Long.MAX_VALUE);
        return wait > 0 || state.isAsked() ? wait : state.driver().nanosToHold();
    }

    /** Empty when the feed is to stop before processes can be started. */
    Optional<ChildProcesses> awaitProcesses() throws InterruptedException {
        return guard.await(
                () -> {
                    Optional<ChildProcesses> found = state.world().processes().get();
                    while (found.isEmpty() && !state.isLeaving()) {
                        guard.pause(PROCESSES_POLL.toNanos());
                        found = state.world().processes().get();
                    }
                    return state.isLeaving() ? Optional.empty() : found;
                });
    }

    /** Whether the try goes on that was begun. */
    boolean isWanted() {
        return guard.get(() -> !state.isLeaving() && state.driver().stateData().isRunning());
    }

    /** What to start. */
    Launcher.Wanted wanted() {
        return guard.get(
                () ->
                        new Launcher.Wanted(
                                state.plan().childName(),
                                state.driver().endpoints().endpoint(),
                                state.decoding(),
                                state.driver().stateData().misses().failures()));
    }

    /** What is known of the film that is read next. */
    void film(Film film) {
        guard.run(() -> state.progress().film(film));
    }

    /** Pictures that a reader who vanished without a word has taken. */
    void missed(long pictures) {
        guard.run(() -> state.progress().missed(pictures));
    }

    /** A decoder runs; it is ended at once if nobody wants it any more. */
    void begin(Decoder decoder) {
        guard.run(
                () -> {
                    switchOver.inherited();
                    state.progress().begin(decoder.isAdopted(), state.now());
                    state.enter(decoder);
                    if (state.isLeaving() || !state.driver().stateData().isRunning()) {
                        decoder.end();
                    }
                });
    }

    /** Pictures at the beginning of a new decoder that have been seen. */
    long seen() {
        return guard.get(() -> state.progress().seen());
    }

    /**
     * The current decoder is gone.
     *
     * @param broken what was wrong with its output
     */
    void ended(Decoder decoder, int exit, Optional<String> broken) {
        guard.run(
                () -> {
                    state.clear();
                    StateDriver driver = state.driver();
                    if (state.isLeaving() || !driver.stateData().isRunning()) {
                        return;
                    }
                    Fault fault = decoder.conclusion(exit, broken);
                    if (state.isFile(decoder) && decoder.hasFinished(exit, fault)) {
                        state.progress().rewind();
                        driver.happens(new Trigger.Finished(decoder.readTo()));
                    } else {
                        driver.lost(fault);
                    }
                });
    }

    /** Whether a file has been read to its end. */
    boolean hasFinished() {
        return guard.get(
                () -> {
                    StateData stateData = state.driver().stateData();
                    return stateData.state() == CameraState.IDLE && !stateData.isPaused();
                });
    }

    /** A try came to nothing, and no decoder is left of it. */
    void failed(Fault fault) {
        guard.run(
                () -> {
                    state.clear();
                    switchOver.inherited();
                    if (!state.isLeaving()) {
                        state.driver().lost(fault);
                    }
                });
    }

    /** The decoder that a predecessor left is not there any more, or not the one that is wanted. */
    void notFound() {
        guard.run(
                () -> {
                    switchOver.inherited();
                    state.ask();
                });
    }
}
