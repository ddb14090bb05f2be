package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What the frames of the current decoder mean for its camera; for the reader. Thread-safe. */
final class FrameIntake {

    private final StreamState state;
    private final StateLock guard;
    private final SwitchOver switchOver;

    FrameIntake(StreamState state, SwitchOver switchOver) {
        this.state = state;
        this.guard = state.guard();
        this.switchOver = switchOver;
    }

    /** A frame that nobody wants; returns whether to go on. */
    boolean passedOver(Decoder decoder, long completed) {
        return guard.get(
                () -> {
                    decoder.progress(completed);
                    return !state.isLeaving();
                });
    }

    /**
     * A frame is complete.
     *
     * @param fault of its picture
     * @param since when that began, where it is known
     * @return its time; empty when it is not wanted any more
     */
    Optional<Instant> arrived(
            Decoder decoder,
            Size pictures,
            long completed,
            Optional<Fault> fault,
            OptionalLong since) {
        return guard.get(
                () -> {
                    boolean late =
                            state.isLeaving() && !switchOver.isHandingOver() || state.isPaused();
                    if (decoder != state.decoder() || late) {
                        return Optional.empty();
                    }
                    Instant at = state.progress().frame(pictures, completed);
                    decoder.frame(completed);
                    since.ifPresent(state.account()::pictureWrong);
                    state.driver().frameCame(fault);
                    state.account().frame(at, completed);
                    return Optional.of(at);
                });
    }

    /** A frame is in the ring, or was not taken; returns whether to go on reading. */
    boolean offered(Decoder decoder, boolean taken) {
        return guard.get(
                () -> {
                    decoder.progress(state.now());
                    if (taken) {
                        state.progress().taken();
                    }
                    if (switchOver.isHandingOver() && decoder == state.decoder()) {
                        switchOver.release(decoder);
                    }
                    return decoder == state.decoder();
                });
    }
}
