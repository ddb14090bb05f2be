package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.child.ChildProcesses;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.state.Trigger;
import io.visionops.ingest.internal.trust.Clearance;
import io.visionops.ingest.internal.trust.Mistrusted;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.log.LogContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One decoder after the other: waits until the next one is due, starts it, reads it to its end and
 * says what that means. The body of a camera's thread.
 */
final class DecoderLoop {

    private static final Logger LOG = LoggerFactory.getLogger(DecoderLoop.class);

    private static final Duration PROCESSES_POLL = Duration.ofSeconds(1);

    /** How long the analysis may take for the last frames of a file. */
    private static final Duration LAST_FRAMES = Duration.ofSeconds(30);

    private final StreamState state;
    private final StateLock lock;
    private final Launcher launcher;
    private final FrameReader reader;
    private final FrameRing ring;
    private final Runnable checkpoint;
    private final String camera;

    DecoderLoop(
            StreamState state,
            Launcher launcher,
            FrameReader reader,
            FrameRing ring,
            Runnable checkpoint) {
        this.state = state;
        this.lock = state.lock();
        this.launcher = launcher;
        this.reader = reader;
        this.ring = ring;
        this.checkpoint = checkpoint;
        this.camera = state.settings().camera();
    }

    /** Until it is to stop: the decoder that a predecessor left, then one after the other. */
    void run() throws InterruptedException {
        lock.run(state.driver()::announce);
        Optional<Handover.Running> left = lock.get(state::left);
        if (left.isPresent()) {
            guarded(() -> resume(left.get()));
        }
        while (awaitTurn()) {
            guarded(this::attempt);
        }
    }

    /** What may fail in ways that are known. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException, DecoderUnavailable, Mistrusted, IOException;
    }

    /**
     * A fault of ours or a class that is not there must not be the end of a camera: it is tried
     * again.
     */
    void guarded(Work work) throws InterruptedException {
        LogContext session = LogContext.session(camera);
        try {
            work.run();
        } catch (Mistrusted e) {
            failed(e.fault());
        } catch (DecoderUnavailable e) {
            failed(new Fault(Cause.CRASHED, String.valueOf(e.getMessage())));
        } catch (IOException | IllegalStateException e) {
            String words = "the decoder cannot be started: " + e.getMessage();
            failed(new Fault(Cause.CRASHED, words));
        } catch (RuntimeException | Error e) {
            MachineErrors.endIf(e);
            LOG.error("camera {}: {}", camera, e.toString(), e);
            failed(new Fault(Cause.CRASHED, e.toString()));
        } finally {
            session.close();
        }
    }

    /** Waits until a decoder is to be started; false when there is nothing more to do. */
    private boolean awaitTurn() throws InterruptedException {
        return lock.await(
                () -> {
                    // Whoever reads the current decoder, this thread is the last to go.
                    while (state.isOccupied() || state.goesOn() && !isRunning()) {
                        long wait = nanosToTry();
                        if (wait > 0) {
                            lock.pause(wait);
                        } else {
                            state.driver().happens(new Trigger.Due());
                        }
                    }
                    return state.goesOn();
                });
    }

    /** Whether a decoder is to run, by the state. Guarded by "lock". */
    private boolean isRunning() {
        return state.driver().stateData().isRunning();
    }

    /** Guarded by "lock". */
    private long nanosToTry() {
        return state.goesOn() && !state.isOccupied()
                ? state.driver().nanosToTry().orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE;
    }

    /** Empty when it is to stop before processes can be started. */
    private Optional<ChildProcesses> awaitProcesses() throws InterruptedException {
        return lock.await(
                () -> {
                    Optional<ChildProcesses> found = state.context().processes().get();
                    while (found.isEmpty() && state.goesOn()) {
                        lock.pause(PROCESSES_POLL.toNanos());
                        found = state.context().processes().get();
                    }
                    return state.goesOn() ? found : Optional.empty();
                });
    }

    private void attempt()
            throws InterruptedException, DecoderUnavailable, Mistrusted, IOException {
        Optional<ChildProcesses> processes = awaitProcesses();
        if (processes.isEmpty()) {
            return;
        }
        Launcher.Wanted wanted = lock.get(this::wanted);
        Optional<Clearance> cleared =
                launcher.awaitClearance(wanted.endpoint(), lock, this::isStillDue);
        if (cleared.isPresent()) {
            Film film = launcher.film(processes.get(), wanted.endpoint());
            Decoder decoder =
                    launcher.launch(processes.get(), wanted, cleared.get(), Decoder.Origin.STARTED);
            begin(decoder, film, 0);
            follow(decoder);
        }
    }

    private Launcher.Wanted wanted() {
        return new Launcher.Wanted(
                state.settings().childName(),
                state.driver().endpoints().endpoint(),
                state.policy().decoding(),
                state.driver().stateData().misses().failures());
    }

    private boolean isStillDue() {
        return lock.get(() -> state.goesOn() && isRunning());
    }

    /** Goes on with the decoder that a predecessor left, if it is just what is wanted. */
    private void resume(Handover.Running left)
            throws InterruptedException, DecoderUnavailable, IOException {
        Optional<ChildProcesses> processes = awaitProcesses();
        if (processes.isEmpty()) {
            return;
        }
        Optional<Decoder> adopted = launcher.adopt(processes.get(), left);
        if (adopted.isEmpty()) {
            // It is not there any more, or not the one that is wanted.
            lock.run(
                    () -> {
                        state.left(Optional.empty());
                        state.driver().ask();
                    });
            return;
        }
        long missed = left.picturesSince(adopted.get().child().position());
        ring.continueAfter(ring.sequence() + missed);
        Film film = launcher.film(processes.get(), left.endpoint());
        LOG.info("camera {} goes on with its decoder, pid {}", camera, left.pid());
        begin(adopted.get(), film, missed);
        follow(adopted.get());
    }

    /**
     * A decoder runs; it is ended at once if nobody wants it any more.
     *
     * @param missed pictures that a reader who vanished without a word has taken from it
     */
    private void begin(Decoder decoder, Film film, long missed) {
        lock.run(
                () -> {
                    state.left(Optional.empty());
                    state.progress().begin(decoder.isAdopted(), film, missed, state.now());
                    state.enter(decoder);
                    if (!state.goesOn() || !isRunning()) {
                        decoder.end();
                    }
                });
    }

    /** Reads the current decoder to its end, or until it is left to a successor. */
    void follow(Decoder decoder) throws InterruptedException {
        boolean read = false;
        try {
            Optional<String> broken = reader.read(decoder, lock.get(state.progress()::seen));
            read = true;
            conclude(decoder, broken);
        } finally {
            if (!read && state.isCurrent(decoder)) {
                decoder.end();
                Decoder.awaitExit(decoder.child());
            }
        }
    }

    /**
     * Nothing more is read of a decoder; nothing happens if it is not current any more.
     *
     * @param broken what was wrong with its output
     */
    void conclude(Decoder decoder, Optional<String> broken) throws InterruptedException {
        if (!state.isCurrent(decoder)) {
            return;
        }
        if (broken.isPresent()) {
            decoder.end();
        }
        int exit = Decoder.awaitExit(decoder.child());
        Optional<String> wrong = broken.or(() -> brokenFile(decoder));
        lock.run(() -> ended(decoder, exit, wrong));
        if (lock.get(this::hasFinished)) {
            // Not before all is seen: what is written down is not read again.
            ring.awaitDrained(LAST_FRAMES);
            checkpoint.run();
        }
    }

    /** What can be seen of a file that gave no picture. */
    private Optional<String> brokenFile(Decoder decoder) {
        return lock.get(decoder::hasStreamed)
                ? Optional.empty()
                : state.address(decoder.endpoint()).local().flatMap(FfmpegErrorClassifier::ofFile);
    }

    private void ended(Decoder decoder, int exit, Optional<String> broken) {
        state.clear();
        if (!state.goesOn() || !isRunning()) {
            return;
        }
        Fault fault = decoder.conclusion(exit, broken);
        if (state.isFile(decoder) && decoder.hasFinished(exit, fault)) {
            state.progress().rewind();
            state.driver().happens(new Trigger.Finished(decoder.readTo()));
        } else {
            state.driver().lost(fault);
        }
    }

    /** Whether a file has been read to its end. */
    private boolean hasFinished() {
        StateData stateData = state.driver().stateData();
        return stateData.state() == CameraState.IDLE && !stateData.isPaused();
    }

    /** A try came to nothing, and no decoder is left of it. */
    private void failed(Fault fault) {
        lock.run(
                () -> {
                    state.clear();
                    state.left(Optional.empty());
                    if (state.goesOn()) {
                        state.driver().lost(fault);
                    }
                });
    }
}
