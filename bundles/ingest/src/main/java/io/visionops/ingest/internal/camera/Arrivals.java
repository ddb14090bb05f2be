package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What the frames of the current decoder mean for its camera; for the reader. Thread-safe. */
final class Arrivals {

    private final FeedState state;
    private final Guard guard;
    private final Succession succession;

    Arrivals(FeedState state, Succession succession) {
        this.state = state;
        this.guard = state.guard();
        this.succession = succession;
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
                            state.isLeaving() && !succession.isHandingOver() || state.isPaused();
                    if (decoder != state.decoder() || late) {
                        return Optional.empty();
                    }
                    Instant at = state.progress().frame(pictures, completed);
                    decoder.frame(completed);
                    since.ifPresent(state.account()::pictureWrong);
                    state.course().frameCame(fault);
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
                    if (succession.isHandingOver() && decoder == state.decoder()) {
                        succession.release(decoder);
                    }
                    return decoder == state.decoder();
                });
    }
}
