package io.visionops.ingest.internal.stream;

import io.visionops.api.child.ChildProcesses;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import io.visionops.ingest.internal.stream.FrameReader.Takeover;
import io.visionops.ingest.internal.stream.ReplacementPolicy.Replacement;
import io.visionops.ingest.internal.trust.Clearance;
import io.visionops.ingest.internal.trust.Mistrusted;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.log.LogContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decoder beside the current one, which takes its place at its first frame of the present (make
 * before break, ADR 21). There is one at most, in a thread of its own. Thread-safe.
 */
final class StandbyDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyDecoder.class);

    private static final long SECOND = 1_000_000_000;

    /** A decoder that is never through with the past is taken as it is after so many of frames. */
    private static final int CATCH_UP_SECONDS = 5;

    private final StreamState state;
    private final StateLock lock;
    private final Launcher launcher;
    private final FrameReader reader;
    private final DecoderLoop loop;
    private final String camera;

    StandbyDecoder(StreamState state, Launcher launcher, FrameReader reader, DecoderLoop loop) {
        this.state = state;
        this.lock = state.lock();
        this.launcher = launcher;
        this.reader = reader;
        this.loop = loop;
        this.camera = state.settings().camera();
    }

    /** Another decoder beside the current one, if that can be; otherwise a try at once. */
    void renew() {
        lock.run(
                () -> {
                    if (isPossible()) {
                        state.policy().ask(state.now());
                    } else {
                        state.driver().ask();
                    }
                });
    }

    /** Guarded by "lock". */
    private boolean isPossible() {
        Decoder current = state.decoder();
        return current != null
                && state.driver().stateData().isStreaming()
                && !state.settings().isAsap()
                && !state.isFile(current)
                && state.address(current.endpoint()).scheme() != Address.Scheme.V4L2;
    }

    /**
     * What is to be started beside the current decoder; {@link #run} is to follow in any case, and
     * there is no other until then.
     */
    Optional<Replacement> due() {
        return lock.get(
                () -> {
                    Decoder current = state.decoder();
                    if (current == null
                            || !state.goesOn()
                            || state.replacement() != null
                            || !isPossible()) {
                        return Optional.empty();
                    }
                    Optional<Replacement> due =
                            state.policy()
                                    .due(
                                            current.endpoint(),
                                            current.level(),
                                            state.driver().endpoints(),
                                            state.now());
                    due.ifPresent(state::replace);
                    return due;
                });
    }

    /** Starts it and reads it, in the calling thread, to its end. */
    void run(Replacement why) {
        LogContext session = LogContext.session(camera);
        LOG.info("camera {}: another decoder, because {}", camera, why.reason());
        try {
            Optional<Decoder> decoder = start(why);
            if (decoder.isPresent()) {
                audition(decoder.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Mistrusted e) {
            LOG.warn("camera {}: no other decoder: {}", camera, e.fault());
        } catch (DecoderUnavailable | IOException | RuntimeException | Error e) {
            MachineErrors.endIf(e);
            LOG.warn("camera {}: no other decoder: {}", camera, e.toString());
        } finally {
            gone(why);
            session.close();
        }
    }

    /** Empty when none can be started now, or none is wanted any more. */
    private Optional<Decoder> start(Replacement why)
            throws InterruptedException, DecoderUnavailable, Mistrusted, IOException {
        Optional<ChildProcesses> processes = state.context().processes().get();
        if (processes.isEmpty()) {
            return Optional.empty();
        }
        Launcher.Wanted wanted = lock.get(() -> wanted(why));
        Optional<Clearance> cleared =
                launcher.awaitClearance(wanted.endpoint(), lock, () -> lock.get(state::goesOn));
        if (cleared.isEmpty()) {
            return Optional.empty();
        }
        Decoder decoder =
                launcher.launch(processes.get(), wanted, cleared.get(), Decoder.Origin.BESIDE);
        lock.run(
                () -> {
                    state.standBy(decoder);
                    if (!state.goesOn() || state.isPaused() || state.decoder() == null) {
                        decoder.end();
                    }
                });
        return Optional.of(decoder);
    }

    /** What to start; its name is one that the current decoder does not have. */
    private Launcher.Wanted wanted(Replacement why) {
        Decoder current = state.decoder();
        String usual = state.settings().childName();
        boolean taken = current != null && current.child().name().equals(usual);
        return new Launcher.Wanted(taken ? usual + ".b" : usual, why.endpoint(), why.level(), 0);
    }

    /** Reads until one of its frames takes the place of the current decoder's, and then on. */
    private void audition(Decoder decoder) throws InterruptedException {
        Optional<Boolean> chosen = Optional.empty();
        try {
            ByteBuffer frame = ByteBuffer.allocateDirect(decoder.stream().size().bytes());
            OptionalLong caughtUp = catchUp(decoder, frame);
            if (caughtUp.isPresent()) {
                long at = caughtUp.getAsLong();
                chosen = reader.takeOver(decoder, frame, at, () -> choose(decoder, at));
            }
        } catch (IOException e) {
            LOG.debug("camera {}: the output of the other decoder ends", camera, e);
        } finally {
            if (chosen.isEmpty()) {
                LOG.warn("camera {}: the other decoder gives no frames", camera);
                decoder.end();
                Decoder.awaitExit(decoder.child());
                // Only of one that failed just when it had become the current one.
                loop.conclude(decoder, Optional.empty());
            }
        }
        if (chosen.isPresent()) {
            boolean goesOn = chosen.get();
            loop.guarded(
                    () -> {
                        if (goesOn) {
                            loop.follow(decoder);
                        } else {
                            loop.conclude(decoder, Optional.empty());
                        }
                    });
        }
    }

    /**
     * Reads up to the first frame that had to be waited for: a decoder begins with what it gathered
     * while it looked at the stream, and the other one has given those moments. Of key frames each
     * is the present.
     *
     * @return when that frame was complete; empty when the output ended before
     */
    private OptionalLong catchUp(Decoder decoder, ByteBuffer memory) throws IOException {
        int fps = decoder.expected();
        int most = CATCH_UP_SECONDS * fps;
        for (int frames = 0; ; frames++) {
            long asked = state.now();
            if (!decoder.stream().next(memory)) {
                return OptionalLong.empty();
            }
            long completed = state.now();
            boolean waited = frames > 0 && (completed - asked) * 2 * fps >= SECOND;
            if (waited || frames >= most) {
                return OptionalLong.of(completed);
            }
            lock.run(() -> decoder.frame(completed));
        }
    }

    /**
     * Takes the place of the current decoder. Two frames must not be so close that they show the
     * same moment.
     */
    private Takeover choose(Decoder decoder, long completed) {
        return lock.get(
                () -> {
                    Decoder current = state.decoder();
                    boolean unwanted = !state.goesOn() || state.isPaused();
                    if (decoder != state.standby() || unwanted || current == null) {
                        return Takeover.REFUSED;
                    }
                    decoder.frame(completed);
                    Duration half = Duration.ofMillis(500L / state.settings().fps());
                    boolean tooSoon = state.progress().sinceLast(completed).compareTo(half) < 0;
                    current.end();
                    state.progress().changedOver(completed);
                    state.policy().done(completed);
                    state.enter(decoder);
                    state.clearStandby();
                    state.driver().changedOver(current.endpoint(), decoder.endpoint());
                    return tooSoon ? Takeover.NEXT : Takeover.NOW;
                });
    }

    /** It is gone, or did not even start; nothing happens if it has taken the place. */
    private void gone(Replacement why) {
        lock.run(
                () -> {
                    if (state.replacement() != why) {
                        return;
                    }
                    Decoder current = state.decoder();
                    if (state.standby() == null) {
                        state.policy().notStarted(state.now());
                    } else if (current != null) {
                        Duration probe = state.driver().reconnect().probe();
                        state.policy().failed(why, current.endpoint(), state.now(), probe);
                    }
                    state.clearStandby();
                });
    }
}
