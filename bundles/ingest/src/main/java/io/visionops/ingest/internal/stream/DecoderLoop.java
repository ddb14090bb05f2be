package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.child.ChildProcesses;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.trust.Clearance;
import io.visionops.ingest.internal.trust.Mistrusted;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.log.LogContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the threads of a feed do: start a decoder, read it to its end, wait for the next turn. */
final class DecoderLoop {

    private static final Logger LOG = LoggerFactory.getLogger(DecoderLoop.class);

    private final StreamState state;
    private final ConnectScheduler turns;
    private final StandbyDecoder standby;
    private final SwitchOver switchOver;
    private final Launcher launcher;
    private final FrameReader reader;
    private final FrameRing ring;
    private final Runnable writtenDown;
    private final String camera;

    /** How long the analysis may take for the last frames of a file. */
    private static final Duration LAST_FRAMES = Duration.ofSeconds(30);

    DecoderLoop(
            StreamState state,
            StandbyDecoder standby,
            SwitchOver switchOver,
            Launcher launcher,
            FrameReader reader,
            FrameRing ring,
            Runnable writtenDown) {
        this.state = state;
        this.turns = new ConnectScheduler(state, standby, switchOver);
        this.standby = standby;
        this.switchOver = switchOver;
        this.launcher = launcher;
        this.reader = reader;
        this.ring = ring;
        this.writtenDown = writtenDown;
        this.camera = state.plan().camera();
    }

    /** Until the feed is to stop: the decoder that was left, then one after the other. */
    void run() throws InterruptedException {
        Optional<Handover.Running> running = switchOver.open();
        if (running.isPresent()) {
            whateverHappens(() -> resume(running.get()));
        }
        while (turns.awaitTurn()) {
            whateverHappens(this::attempt);
        }
    }

    /** What may fail in ways that are known. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException, DecoderUnavailable, Mistrusted, IOException;
    }

    /**
     * A fault of ours or a class that is not there must not be the end of a camera: it is tried
     * again.
     */
    private void whateverHappens(Work work) throws InterruptedException {
        LogContext session = LogContext.session(camera);
        try {
            work.run();
        } catch (Mistrusted e) {
            turns.failed(e.fault());
        } catch (DecoderUnavailable e) {
            turns.failed(new Fault(Cause.CRASHED, String.valueOf(e.getMessage())));
        } catch (IOException | IllegalStateException e) {
            String words = "the decoder cannot be started: " + e.getMessage();
            turns.failed(new Fault(Cause.CRASHED, words));
        } catch (RuntimeException | Error e) {
            MachineErrors.endIf(e);
            LOG.error("camera {}: {}", camera, e.toString(), e);
            turns.failed(new Fault(Cause.CRASHED, e.toString()));
        } finally {
            session.close();
        }
    }

    private void attempt()
            throws InterruptedException, DecoderUnavailable, Mistrusted, IOException {
        Optional<ChildProcesses> processes = turns.awaitProcesses();
        if (processes.isPresent()) {
            Launcher.Wanted wanted = turns.wanted();
            Optional<Clearance> cleared = cleared(wanted.endpoint(), turns::isWanted);
            if (cleared.isPresent()) {
                turns.film(launcher.film(processes.get(), wanted.endpoint()));
                Decoder decoder =
                        launcher.launch(
                                processes.get(), wanted, cleared.get(), Decoder.Origin.STARTED);
                turns.begin(decoder);
                follow(decoder);
            }
        }
    }

    /** What the decoder may be given; empty when it is not wanted any more. */
    private Optional<Clearance> cleared(Endpoint endpoint, BooleanSupplier wanted)
            throws InterruptedException, Mistrusted, IOException {
        CompletableFuture<Clearance> asked = launcher.clearance(endpoint);
        if (!state.guard().awaitResult(asked, wanted)) {
            return Optional.empty();
        }
        try {
            return Optional.of(asked.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Mistrusted mistrusted) {
                throw mistrusted;
            }
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        }
    }

    /** Goes on with the decoder that a predecessor left, if it is just what is wanted. */
    private void resume(Handover.Running left)
            throws InterruptedException, DecoderUnavailable, IOException {
        Optional<ChildProcesses> processes = turns.awaitProcesses();
        if (processes.isEmpty()) {
            return;
        }
        Optional<Decoder> adopted = launcher.adopt(processes.get(), left);
        if (adopted.isEmpty()) {
            turns.notFound();
            return;
        }
        long missed = left.picturesSince(adopted.get().child().position());
        ring.continueAfter(ring.sequence() + missed);
        turns.missed(missed);
        turns.film(launcher.film(processes.get(), left.endpoint()));
        LOG.info("camera {} goes on with its decoder, pid {}", camera, left.pid());
        turns.begin(adopted.get());
        follow(adopted.get());
    }

    /** Starts a decoder beside the current one, in a thread that ends with that decoder. */
    void replace(Replacement next) {
        LogContext session = LogContext.session(camera);
        LOG.info("camera {}: another decoder, because {}", camera, next.reason());
        try {
            Optional<ChildProcesses> processes = state.world().processes().get();
            if (processes.isPresent()) {
                Launcher.Wanted wanted = standby.wanted(next);
                Optional<Clearance> cleared =
                        cleared(wanted.endpoint(), () -> !state.guard().get(state::isLeaving));
                if (cleared.isEmpty()) {
                    return;
                }
                Decoder decoder =
                        launcher.launch(
                                processes.get(), wanted, cleared.get(), Decoder.Origin.BESIDE);
                standby.begin(decoder);
                follow(decoder);
                if (standby.isUnderWay(next)) {
                    LOG.warn("camera {}: the other decoder gives no frames", camera);
                    decoder.end();
                    Decoder.awaitExit(decoder.child());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Mistrusted e) {
            LOG.warn("camera {}: no other decoder: {}", camera, e.fault());
        } catch (DecoderUnavailable | IOException | RuntimeException | Error e) {
            MachineErrors.endIf(e);
            LOG.warn("camera {}: no other decoder: {}", camera, e.toString());
        } finally {
            standby.gone(next);
            session.close();
        }
    }

    /** Reads to the end, or until the decoder is left to a successor. */
    private void follow(Decoder decoder) throws InterruptedException {
        boolean read = false;
        try {
            Optional<String> broken = reader.read(decoder, turns.seen());
            read = true;
            if (state.isCurrent(decoder)) {
                if (broken.isPresent()) {
                    decoder.end();
                }
                int exit = Decoder.awaitExit(decoder.child());
                turns.ended(decoder, exit, broken.or(() -> state.brokenFile(decoder)));
                if (turns.hasFinished()) {
                    // Not before all is seen: what is written down is not read again.
                    ring.awaitDrained(LAST_FRAMES);
                    writtenDown.run();
                }
            }
        } finally {
            if (!read && state.isCurrent(decoder)) {
                decoder.end();
                Decoder.awaitExit(decoder.child());
            }
        }
    }
}
