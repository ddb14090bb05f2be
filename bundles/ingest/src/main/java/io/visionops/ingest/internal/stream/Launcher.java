package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.FileStart;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildSpec;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.connectiontest.SupplyProbe;
import io.visionops.ingest.internal.decoder.DecoderCommand;
import io.visionops.ingest.internal.decoder.DecoderCommand.Supply;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import io.visionops.ingest.internal.decoder.FilmDescription;
import io.visionops.ingest.internal.decoder.FrameStream;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.trust.Clearance;
import io.visionops.ingest.internal.trust.Mistrusted;
import io.visionops.ingest.internal.trust.Trust;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts decoders of one camera, and claims the one that a predecessor left. */
public final class Launcher {

    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    /**
     * No first frame in this time is as good as no camera. After a failure it gets more: its key
     * frames may be rare.
     */
    private static final Duration FIRST_FRAME = Duration.ofSeconds(10);

    private static final Duration MORE = Duration.ofSeconds(5);
    private static final int MOST = 4;

    private final DecoderSettings settings;
    private final List<Address> addresses;
    private final StreamContext context;
    private final Trust trust;

    /**
     * What to start.
     *
     * @param failures in a row so far: a camera whose key frames are rare needs patience
     */
    public record Wanted(String name, Endpoint endpoint, ServiceLevel level, int failures) {}

    public Launcher(
            DecoderSettings settings, List<Address> addresses, StreamContext context, Trust trust) {
        this.trust = trust;
        this.settings = settings;
        this.addresses = addresses;
        this.context = context;
    }

    private ChildSpec spec(
            DecoderProgram program,
            String name,
            Clearance clearance,
            Endpoint endpoint,
            ServiceLevel level,
            Supply supply) {
        boolean all = level.kind() != ServiceLevel.Kind.KEYFRAMES;
        return new DecoderCommand(program, settings.source(), rate(level), settings.width())
                .spec(
                        name,
                        clearance.address(),
                        clearance.pin(),
                        endpoint.transport(),
                        all,
                        supply);
    }

    private int rate(ServiceLevel level) {
        return level.kind() == ServiceLevel.Kind.REDUCED
                ? Math.min(level.fps(), settings.fps())
                : settings.fps();
    }

    /** Frames a second that should come; 0 when nobody knows. */
    private int expected(ServiceLevel level, Supply supply) {
        int most = supply == Supply.SNAPSHOTS ? DecoderCommand.SNAPSHOTS_PER_SECOND : rate(level);
        return level.kind() == ServiceLevel.Kind.KEYFRAMES ? 0 : Math.min(most, rate(level));
    }

    /**
     * Asks the camera whether it may be given its password, and waits for that.
     *
     * @param wanted asked again whenever something has changed under {@code lock}
     * @return what a decoder may be given; empty when it is not wanted any more
     * @throws Mistrusted when it may not be given the password
     */
    Optional<Clearance> awaitClearance(Endpoint endpoint, StateLock lock, BooleanSupplier wanted)
            throws InterruptedException, Mistrusted, IOException {
        CompletableFuture<Clearance> asked = clearance(endpoint);
        if (!lock.awaitResult(asked, wanted)) {
            return Optional.empty();
        }
        try {
            return Optional.of(asked.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Mistrusted mistrusted) {
                throw mistrusted;
            } else if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        }
    }

    /** In a thread of its own, since it may take seconds. */
    private CompletableFuture<Clearance> clearance(Endpoint endpoint) {
        Address address = addresses.get(endpoint.address());
        if (!Trust.isNeeded(address)) {
            return CompletableFuture.completedFuture(Clearance.plain(address));
        }
        CompletableFuture<Clearance> cleared = new CompletableFuture<>();
        DaemonThreads.create(
                        "visionops-ingest-trust-" + settings.camera(),
                        () -> {
                            try {
                                cleared.complete(trust.clear(address));
                            } catch (Mistrusted | IOException | RuntimeException | Error e) {
                                MachineErrors.endIf(e);
                                cleared.completeExceptionally(e);
                            }
                        })
                .start();
        return cleared;
    }

    /** What is known of the time of the file that is read in order; of others nothing is asked. */
    Film film(ChildProcesses processes, Endpoint endpoint)
            throws DecoderUnavailable, IOException, InterruptedException {
        Address address = addresses.get(endpoint.address());
        Optional<Path> file = address.local();
        if (!settings.isAsap() || file.isEmpty() || !Files.isRegularFile(file.get())) {
            return Film.UNKNOWN;
        }
        ChildSpec spec =
                new DecoderCommand(
                                context.decoder().program(), settings.source(), settings.fps(), 2)
                        .description(settings.childName() + ".film", address);
        FilmDescription told;
        try {
            told = FilmDescription.ask(processes, spec);
        } catch (IllegalStateException e) {
            LOG.warn(
                    "camera {}: the time of the film is not known: {}",
                    settings.camera(),
                    e.toString());
            told = FilmDescription.UNKNOWN;
        }
        Optional<Duration> length = told.length();
        Instant now = context.clock().instant();
        Optional<FileStart> set = settings.source().fileStart();
        if (set.isPresent()) {
            Film film = new Film(set.map(start -> start.in(context.zone().get())), length);
            if (film.isOfTheFuture(now)) {
                LOG.warn(
                        "camera {}: a film that begins at {} would not be over yet: its times end now",
                        settings.camera(),
                        film.start().orElse(now));
            }
            return film;
        }
        Instant end = Files.getLastModifiedTime(file.get()).toInstant();
        Instant changed = end.minus(length.orElse(Duration.ZERO));
        return new Film(
                told.created().filter(time -> time.isBefore(now)).or(() -> Optional.of(changed)),
                length);
    }

    /**
     * Starts one. A decoder of that name from a time that nobody remembers is ended first.
     *
     * @throws IOException when it cannot be started
     * @throws Mistrusted when the camera gives what is not read
     * @throws IllegalStateException when one of that name is held by somebody
     */
    public Decoder launch(
            ChildProcesses processes, Wanted wanted, Clearance clearance, Decoder.Origin origin)
            throws DecoderUnavailable, IOException, InterruptedException, Mistrusted {
        String name = wanted.name();
        Endpoint endpoint = wanted.endpoint();
        Address address = addresses.get(endpoint.address());
        // Not before it is cleared: it may be given the password.
        Supply supply =
                SupplyProbe.of(clearance.address(), trust.identity(address), context.ticker());
        ChildSpec spec =
                spec(
                        context.decoder().program(),
                        name,
                        clearance,
                        endpoint,
                        wanted.level(),
                        supply);
        Child child;
        try {
            child = processes.start(spec);
        } catch (IllegalStateException e) {
            Optional<Child> stray = processes.claim(name);
            if (stray.isEmpty()) {
                throw e;
            }
            endAndWait(stray.get());
            child = processes.start(spec);
        }
        Duration first = FIRST_FRAME.plus(MORE.multipliedBy(Math.min(wanted.failures(), MOST)));
        StallDetector silence =
                new StallDetector(
                        first, expected(wanted.level(), supply), context.ticker().nanos(), 0);
        return new Decoder(
                child,
                new FrameStream(child.output()),
                endpoint,
                wanted.level(),
                origin,
                silence,
                () -> trust.succeeded(address, clearance));
    }

    /**
     * Claims the decoder that was left; ends it and is empty when it is not what is wanted. That it
     * runs is proof enough of its program: to try that again would hold up every camera.
     */
    public Optional<Decoder> adopt(ChildProcesses processes, Handover.Running left)
            throws InterruptedException {
        Optional<Child> claimed = processes.claim(left.name());
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        Child child = claimed.get();
        DecoderProgram running =
                new DecoderProgram(
                        Path.of(child.spec().command().get(0)), child.spec().environment());
        Endpoint endpoint = left.endpoint();
        Supply supply =
                child.spec().command().contains("-stream_loop")
                                && addresses.get(endpoint.address()).scheme().isHttp()
                        ? Supply.SNAPSHOTS
                        : Supply.STREAM;
        boolean fits =
                child.process().pid() == left.pid()
                        && trust.possible(addresses.get(endpoint.address())).stream()
                                .map(
                                        one ->
                                                spec(
                                                        running,
                                                        left.name(),
                                                        one,
                                                        endpoint,
                                                        left.level(),
                                                        supply))
                                .anyMatch(wanted -> isSame(wanted, child.spec()));
        if (!fits) {
            endAndWait(child);
            return Optional.empty();
        }
        long position = child.position();
        long now = context.ticker().nanos();
        StallDetector silence =
                new StallDetector(FIRST_FRAME, expected(left.level(), supply), now, position);
        silence.frame(now, position);
        FrameStream stream = new FrameStream(child.output(), left.size(), left.header(), position);
        return Optional.of(
                new Decoder(
                        child,
                        stream,
                        left.endpoint(),
                        left.level(),
                        Decoder.Origin.ADOPTED,
                        silence,
                        () -> {}));
    }

    private static boolean isSame(ChildSpec wanted, ChildSpec running) {
        return wanted.command().equals(running.command()) && wanted.input().equals(running.input());
    }

    private static void endAndWait(Child stray) throws InterruptedException {
        stray.end(Decoder.GRACE);
        Decoder.awaitExit(stray);
    }
}
