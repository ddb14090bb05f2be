package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.LevelRequest;
import io.visionops.ingest.internal.config.Address;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decoder beside the current one, which takes its place at its first frame of the present (make
 * before break). There is one at most. Thread-safe.
 */
final class StandbyDecoder {

    private final StreamState state;
    private final StateLock guard;

    /** It runs and is not through with the past yet. Guarded by "guard". */
    private @Nullable Decoder candidate;

    /** It runs or is on its way. Guarded by "guard". */
    private @Nullable Replacement underWay;

    StandbyDecoder(StreamState state) {
        this.state = state;
        this.guard = state.guard();
    }

    /** Another decoder beside the current one, if that can be; otherwise a try at once. */
    void renew() {
        guard.run(
                () -> {
                    if (isPossible()) {
                        state.renewal().ask(state.now());
                    } else {
                        state.ask();
                    }
                });
    }

    /** Guarded by "guard". */
    private boolean isPossible() {
        Decoder current = state.decoder();
        return current != null
                && state.driver().stateData().isStreaming()
                && !state.plan().isAsap()
                && !state.isFile(current)
                && state.address(current).scheme() != Address.Scheme.V4L2;
    }

    /** Ends one that gives no frame for too long. */
    void watch() {
        guard.run(
                () -> {
                    if (candidate != null) {
                        candidate.judge(state.now());
                    }
                });
    }

    /**
     * What is to be started beside the current decoder; {@link #gone} is to follow in any case, and
     * there is no other until then.
     */
    Optional<Replacement> due() {
        return guard.get(
                () -> {
                    Decoder current = state.decoder();
                    if (current == null || state.isLeaving() || isUnderWay() || !isPossible()) {
                        return Optional.empty();
                    }
                    Optional<Replacement> due =
                            state.renewal()
                                    .due(
                                            current.endpoint(),
                                            current.level(),
                                            state.driver().endpoints(),
                                            state.now());
                    underWay = due.orElse(null);
                    return due;
                });
    }

    /** What to start; its name is one that the current decoder does not have. */
    Launcher.Wanted wanted(Replacement next) {
        return guard.get(
                () -> {
                    Decoder current = state.decoder();
                    String usual = state.plan().childName();
                    boolean taken = current != null && current.child().name().equals(usual);
                    return new Launcher.Wanted(
                            taken ? usual + ".b" : usual, next.endpoint(), next.level(), 0);
                });
    }

    /** It runs; it is ended at once if nobody wants it any more. */
    void begin(Decoder decoder) {
        guard.run(
                () -> {
                    candidate = decoder;
                    if (state.isLeaving() || state.isPaused() || state.decoder() == null) {
                        decoder.end();
                    }
                });
    }

    /** It has given a frame of a moment that the current one has given. */
    void rehearsed(Decoder decoder, long completed) {
        guard.run(() -> decoder.frame(completed));
    }

    /** What becomes of a decoder beside the current one. */
    enum Choice {
        /** It is the current one from this frame on. */
        CHOSEN,
        /** It is current from its next frame on: the old one has just given this moment. */
        NEXT,
        /** It is not wanted. */
        REFUSED
    }

    /**
     * The decoder beside the current one has a frame. Two frames must not be so close that they
     * show the same moment.
     */
    Choice choose(Decoder decoder, long completed) {
        return guard.get(
                () -> {
                    Decoder current = state.decoder();
                    boolean unwanted = state.isLeaving() || state.isPaused();
                    if (decoder != candidate || unwanted || current == null) {
                        return Choice.REFUSED;
                    }
                    decoder.frame(completed);
                    Duration half = Duration.ofMillis(500L / state.plan().fps());
                    boolean tooSoon = state.progress().sinceLast(completed).compareTo(half) < 0;
                    current.end();
                    candidate = null;
                    underWay = null;
                    state.progress().changedOver(completed);
                    state.renewal().done(completed);
                    state.enter(decoder);
                    state.driver().changedOver(current.endpoint(), decoder.endpoint());
                    return tooSoon ? Choice.NEXT : Choice.CHOSEN;
                });
    }

    /** Guarded by "guard". */
    boolean isUnderWay() {
        return underWay != null;
    }

    /** Whether it has neither taken the place nor failed. */
    boolean isUnderWay(Replacement what) {
        return guard.get(() -> underWay == what);
    }

    /** It is gone, or did not even start; nothing happens if it has taken the place. */
    void gone(Replacement what) {
        guard.run(
                () -> {
                    if (underWay != what) {
                        return;
                    }
                    Decoder current = state.decoder();
                    if (candidate == null) {
                        state.renewal().notStarted(state.now());
                    } else if (current != null) {
                        state.renewal()
                                .failed(what, current.endpoint(), state.now(), state.probe());
                    }
                    candidate = null;
                    underWay = null;
                    guard.changed();
                });
    }

    /** Somebody asks for less or more; what is to be ended is ended at once. */
    void request(LevelRequest request) {
        guard.run(
                () -> {
                    state.request(request);
                    if (state.isPaused()) {
                        end();
                    }
                });
    }

    /** Nobody wants it any more. Guarded by "guard". */
    void end() {
        if (candidate != null) {
            candidate.child().end(Decoder.SILENT_GRACE);
        }
    }
}
