package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Reconnect;
import io.visionops.api.child.Child;
import io.visionops.api.child.ChildSpec;
import io.visionops.api.child.Custody;
import io.visionops.ingest.internal.camera.Situation.Happening;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderCommand;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import io.visionops.ingest.internal.decoder.Diagnosis;
import io.visionops.ingest.internal.decoder.FrameStream;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.frame.FrameRate;
import io.visionops.ingest.internal.frame.FrameRing;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one camera's decoder running and brings its frames into the ring. One thread of its own
 * starts, reads and waits; {@link #watch} is called twice a second from outside and ends a decoder
 * that has gone silent. Thread-safe.
 */
final class Feed {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private static final Duration FIRST_FRAME = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final int SILENT_FRAMES = 5;
    private static final Duration RATE_WINDOW = Duration.ofSeconds(10);
    private static final Duration STATUS_WINDOW = Duration.ofSeconds(5);
    private static final double SLOW = 0.5;
    private static final double FLUENT = 0.6;

    /** TERM before KILL. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** One that is silent has little to tidy up, and each moment is one without pictures. */
    private static final Duration SILENT_GRACE = Duration.ofMillis(300);

    private static final Duration EXIT = Duration.ofSeconds(4);
    private static final Duration CUSTODY_POLL = Duration.ofSeconds(1);

    private final FeedPlan plan;
    private final List<Address> addresses;
    private final World world;
    private final CompletableFuture<?> predecessor;
    private final FrameRing ring;
    private final FrameRate rate;
    private final WatchedTime watched;
    private final Thread thread;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All below is guarded by "lock".
    private Transitions transitions;
    private Situation situation;
    private Instant since;
    private int address;
    private long decoders;
    private boolean asked;
    private boolean leaving;
    private boolean handingOver;
    private @Nullable Child child;
    private @Nullable Fault silence;
    private boolean streamed;
    private long progress;
    private Size size = new Size(0, 0);
    private @Nullable Instant lastFrame;

    /** The first frame of a file that is read asap; the others' times count from it. */
    private @Nullable Instant firstFrame;

    private long firstSequence;

    /** Frames of a file read asap that the consumer has got; a new decoder begins after them. */
    private long passed;

    /**
     * @param sequence of the last frame of the feed before, 0 when there was none
     * @param predecessor completes when the decoder of the feed before is gone
     */
    Feed(
            FeedPlan plan,
            Reconnect reconnect,
            World world,
            long sequence,
            CompletableFuture<?> predecessor) {
        this.plan = plan;
        this.addresses = plan.addresses();
        this.world = world;
        this.predecessor = predecessor;
        this.ring =
                new FrameRing(plan.camera(), plan.fps(), plan.isAsap(), sequence, world.encoder());
        this.rate = new FrameRate((int) (plan.fps() * RATE_WINDOW.toSeconds()) + plan.fps());
        this.watched = new WatchedTime(plan.camera(), plan.fps(), world.chronicle()::fact);
        this.transitions = rules(reconnect);
        this.situation = Situation.start(world.ticker().nanos());
        this.since = world.clock().instant();
        this.thread = new Thread(this::run, "visionops-ingest-camera-" + plan.camera());
        this.thread.setDaemon(true);
    }

    private Transitions rules(Reconnect reconnect) {
        return new Transitions(reconnect, addresses.size(), world.random()::nextDouble);
    }

    void start() {
        thread.start();
    }

    FeedPlan plan() {
        return plan;
    }

    FrameRing ring() {
        return ring;
    }

    /** Completes when the decoder is gone or has been left to a successor. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    void useReconnect(Reconnect reconnect) {
        lock.lock();
        try {
            transitions = rules(reconnect);
        } finally {
            lock.unlock();
        }
    }

    CameraStatus status() {
        lock.lock();
        try {
            long now = world.ticker().nanos();
            long streaming = Math.max(1_000_000_000L, now - situation.sinceNanos());
            Duration window =
                    situation.isStreaming() && streaming < STATUS_WINDOW.toNanos()
                            ? Duration.ofNanos(streaming)
                            : STATUS_WINDOW;
            return new CameraStatus(
                    plan.camera(),
                    situation.state(),
                    since,
                    situation.fault(),
                    rate.perSecond(now, window),
                    size.width(),
                    size.height(),
                    Optional.ofNullable(lastFrame),
                    Math.max(0, decoders - 1),
                    situation.failures(),
                    addresses.get(address).masked());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the decoder, if there is one, and tries at once. */
    void reconnect() {
        lock.lock();
        try {
            asked = true;
            if (child != null) {
                child.end(GRACE);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the decoder and the thread; {@link #gone} tells when it is done. */
    void end() {
        leave(false);
    }

    /** Leaves the decoder to a successor at the next frame boundary. */
    void handOver() {
        leave(true);
    }

    private void leave(boolean toSuccessor) {
        lock.lock();
        try {
            leaving = true;
            handingOver = toSuccessor && child != null && streamed;
            if (child != null && !handingOver) {
                child.end(GRACE);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        ring.close();
    }

    /**
     * Looks at the clock: ends a decoder that is silent, judges the rate. Called twice a second.
     */
    void watch() {
        lock.lock();
        try {
            long now = world.ticker().nanos();
            if (child == null || leaving) {
                return;
            }
            if (ring.isHoldingUp()) {
                progress = now;
            }
            if (now - progress > patience().toNanos() && silence == null) {
                silence = new Fault(Cause.TIMEOUT, silentWords());
                child.end(SILENT_GRACE);
            }
            judgeRate(now);
        } finally {
            lock.unlock();
        }
    }

    private Duration patience() {
        if (!streamed) {
            return FIRST_FRAME;
        }
        Duration frames = Duration.ofMillis(SILENT_FRAMES * 1000L / plan.fps());
        return frames.compareTo(SILENCE) > 0 ? frames : SILENCE;
    }

    private String silentWords() {
        return streamed
                ? "no frame for " + patience().toSeconds() + " s"
                : "no first frame within " + patience().toSeconds() + " s";
    }

    private void judgeRate(long now) {
        boolean judged = now - situation.sinceNanos() >= RATE_WINDOW.toNanos();
        if (plan.isAsap() || !situation.isStreaming() || !judged) {
            return;
        }
        double perSecond = rate.perSecond(now, RATE_WINDOW);
        if (situation.state() == CameraState.STREAMING && perSecond < SLOW * plan.fps()) {
            apply(
                    new Happening.Slow(),
                    String.format(
                            Locale.ROOT, "%.1f of %d frames a second", perSecond, plan.fps()));
        } else if (situation.state() == CameraState.DEGRADED && perSecond >= FLUENT * plan.fps()) {
            apply(new Happening.Fluent(), "");
        }
    }

    /** Moves to the next situation; a new state is logged and journaled. Guarded by "lock". */
    private void apply(Happening happening, String more) {
        CameraState before = situation.state();
        situation = transitions.next(situation, happening, world.ticker().nanos());
        if (situation.state() != before) {
            since = world.clock().instant();
            tell(more);
        }
    }

    private void tell(String more) {
        CameraState state = situation.state();
        // While it is tried again the old fault is still known, but not news.
        Optional<Fault> fault =
                state == CameraState.CONNECTING ? Optional.empty() : situation.fault();
        world.chronicle().state(plan.camera(), since, state, fault, more);
        String words = Chronicle.detail(state, fault, more);
        if (state == CameraState.BACKOFF || state == CameraState.OFFLINE) {
            LOG.warn("camera {}: {}", plan.camera(), words);
        } else {
            LOG.info("camera {}: {}", plan.camera(), words);
        }
    }

    // ---- the reader's thread ----

    private void run() {
        try {
            awaitGone(predecessor);
            boolean first = true;
            while (awaitTurn()) {
                attemptWhateverHappens(first);
                first = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone.complete(null);
        }
    }

    /** A fault of ours, or a lack of memory, must not be the end of a camera: it is tried again. */
    private void attemptWhateverHappens(boolean first) throws InterruptedException {
        try {
            attempt(first);
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("camera {}: {}", plan.camera(), e.toString(), e);
            Child left;
            lock.lock();
            try {
                left = child;
                child = null;
            } finally {
                lock.unlock();
            }
            if (left != null) {
                endAndWait(left);
            }
            lost(new Fault(Cause.CRASHED, e.toString()));
        }
    }

    private static void awaitGone(CompletableFuture<?> other) throws InterruptedException {
        try {
            other.get(EXIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Then starting fails with a name that is taken, and is tried again.
            LOG.debug("the decoder before is still there", e);
        }
    }

    /** Waits until it is time to try; false when there is nothing more to do. */
    private boolean awaitTurn() throws InterruptedException {
        lock.lock();
        try {
            while (!leaving && !asked) {
                if (!situation.waiting()) {
                    changed.await();
                    continue;
                }
                long left = situation.untilRetry(world.ticker().nanos()).toNanos();
                if (left <= 0) {
                    break;
                }
                changed.awaitNanos(left);
            }
            asked = false;
            return !leaving;
        } finally {
            lock.unlock();
        }
    }

    private void attempt(boolean first) throws InterruptedException {
        Optional<Custody> custody = awaitCustody();
        if (custody.isEmpty()) {
            return;
        }
        Reading reading;
        try {
            DecoderProgram program = world.decoder().program();
            DecoderCommand command =
                    new DecoderCommand(program, plan.source(), plan.fps(), plan.width());
            Optional<Reading> adopted = first ? adopt(custody.get(), command) : Optional.empty();
            reading = adopted.isPresent() ? adopted.get() : launch(custody.get(), command, first);
        } catch (DecoderUnavailable e) {
            lost(new Fault(Cause.CRASHED, String.valueOf(e.getMessage())));
            return;
        } catch (IOException | IllegalStateException e) {
            lost(new Fault(Cause.CRASHED, "the decoder cannot be started: " + e.getMessage()));
            return;
        }
        follow(reading);
    }

    /** Empty when the feed is to stop before there is a custody. */
    private Optional<Custody> awaitCustody() throws InterruptedException {
        lock.lock();
        try {
            Optional<Custody> found = world.custody().get();
            while (found.isEmpty() && !leaving) {
                changed.awaitNanos(CUSTODY_POLL.toNanos());
                found = world.custody().get();
            }
            return leaving ? Optional.empty() : found;
        } finally {
            lock.unlock();
        }
    }

    /** A decoder and the place up to which its output has been read. */
    private record Reading(Child child, FrameStream stream, boolean adopted) {}

    /** Goes on with the decoder that a predecessor left, if it is just what is wanted. */
    private Optional<Reading> adopt(Custody custody, DecoderCommand command)
            throws InterruptedException {
        Optional<Child> claimed = custody.claim(plan.childName());
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        Child found = claimed.get();
        Optional<Handover> known = Handover.take(world.folder(), plan.camera(), found.pid());
        OptionalInt fitting = fitting(found.spec(), command);
        if (known.isEmpty() || fitting.isEmpty()) {
            endAndWait(found);
            return Optional.empty();
        }
        lock.lock();
        try {
            address = fitting.getAsInt();
            firstFrame = plan.isAsap() ? known.get().started() : null;
            firstSequence = 0;
            passed = known.get().passed();
            ring.continueAfter(known.get().sequence());
            situation = situation.running();
            began(found);
            streamed = true;
        } finally {
            lock.unlock();
        }
        LOG.info("camera {} goes on with its decoder, pid {}", plan.camera(), found.pid());
        return Optional.of(
                new Reading(found, new FrameStream(found.output(), known.get().size()), true));
    }

    private OptionalInt fitting(ChildSpec spec, DecoderCommand command) {
        for (int i = 0; i < addresses.size(); i++) {
            ChildSpec wanted = command.spec(plan.childName(), addresses.get(i));
            if (wanted.command().equals(spec.command()) && wanted.input().equals(spec.input())) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private Reading launch(Custody custody, DecoderCommand command, boolean first)
            throws IOException, InterruptedException {
        ChildSpec spec;
        lock.lock();
        try {
            spec = command.spec(plan.childName(), addresses.get(address));
            apply(new Happening.Trying(), "");
            if (first) {
                tell("");
            }
        } finally {
            lock.unlock();
        }
        Child started;
        try {
            started = custody.start(spec);
        } catch (IllegalStateException e) {
            // One of that name is alive: ours from a time that we do not remember.
            Optional<Child> stray = custody.claim(spec.name());
            if (stray.isEmpty()) {
                throw e;
            }
            endAndWait(stray.get());
            started = custody.start(spec);
        }
        lock.lock();
        try {
            began(started);
            if (leaving) {
                started.end(GRACE);
            }
        } finally {
            lock.unlock();
        }
        return new Reading(started, new FrameStream(started.output()), false);
    }

    /** Guarded by "lock". */
    private void began(Child started) {
        child = started;
        decoders++;
        silence = null;
        streamed = false;
        progress = world.ticker().nanos();
        rate.reset();
    }

    /** Reads to the end, or until the decoder is handed over, and draws the conclusion. */
    private void follow(Reading reading) throws InterruptedException {
        Optional<String> broken = Optional.empty();
        try {
            if (read(reading)) {
                return;
            }
        } catch (EOFException e) {
            LOG.debug("camera {}: no picture at all", plan.camera(), e);
        } catch (IOException e) {
            broken = Optional.of(String.valueOf(e.getMessage()));
        } finally {
            watched.close();
        }
        int exit = exitCode(reading.child(), broken.isPresent());
        lock.lock();
        try {
            child = null;
            if (leaving || asked) {
                return;
            }
            Fault fault = conclusion(exit, reading.child(), broken);
            boolean clean = exit == 0 && streamed && silence == null && broken.isEmpty();
            if (clean && isFile() && fault.cause() == Cause.END_OF_STREAM) {
                passed = 0;
                apply(new Happening.Finished(), "");
                return;
            }
            lost(fault);
        } finally {
            lock.unlock();
        }
    }

    private Fault conclusion(int exit, Child ended, Optional<String> broken) {
        if (silence != null) {
            return silence;
        }
        if (broken.isPresent()) {
            return new Fault(Cause.CODEC, broken.get());
        }
        Fault fault = Diagnosis.of(exit, ended.errorLines(), streamed);
        return fault.cause() == Cause.END_OF_STREAM && exit == 0 && !streamed
                ? new Fault(Cause.CODEC, fault.detail())
                : fault;
    }

    private boolean isFile() {
        return addresses.get(address).scheme() == Address.Scheme.FILE && !plan.source().loop();
    }

    private void lost(Fault fault) {
        lock.lock();
        try {
            if (!leaving) {
                apply(new Happening.Lost(fault), "");
                address = (address + 1) % addresses.size();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns true when the decoder was handed over, false when its output ended. */
    private boolean read(Reading reading) throws IOException, InterruptedException {
        FrameStream stream = reading.stream();
        Size pictures = stream.size();
        if (!reading.adopted() && !skip(stream, pictures)) {
            return false;
        }
        while (true) {
            ByteBuffer memory = ring.fill(pictures);
            if (!stream.next(memory)) {
                return false;
            }
            long completed = world.ticker().nanos();
            Instant at = arrived(pictures, completed, reading.adopted());
            watched.frame(at);
            boolean taken = ring.offer(at, completed);
            if (isHandedOver(reading.child(), pictures, taken)) {
                return true;
            }
        }
    }

    /** Passes over what the consumer has from a decoder that died; false when the stream ended. */
    private boolean skip(FrameStream stream, Size pictures) throws IOException {
        for (long left = plan.isAsap() ? passed : 0; left > 0; left--) {
            if (!stream.next(ring.fill(pictures))) {
                return false;
            }
            lock.lock();
            try {
                progress = world.ticker().nanos();
            } finally {
                lock.unlock();
            }
        }
        return true;
    }

    private Instant arrived(Size pictures, long completed, boolean quietly) {
        rate.arrived(completed);
        lock.lock();
        try {
            Instant at = time();
            lastFrame = at;
            size = pictures;
            progress = completed;
            streamed = true;
            if (quietly && situation.state() == CameraState.CONNECTING) {
                situation = transitions.next(situation, new Happening.FrameCame(), completed);
                return at;
            }
            apply(new Happening.FrameCame(), "");
            return at;
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by "lock". */
    private Instant time() {
        if (!plan.isAsap()) {
            return world.clock().instant();
        }
        long next = ring.sequence() + 1;
        if (firstFrame == null) {
            firstFrame = world.clock().instant();
            firstSequence = next - 1;
        }
        return firstFrame.plus(frames(next - 1 - firstSequence));
    }

    private Duration frames(long count) {
        return Duration.ofNanos(count * 1_000_000_000L / plan.fps());
    }

    private boolean isHandedOver(Child held, Size pictures, boolean taken) {
        lock.lock();
        try {
            progress = world.ticker().nanos();
            passed += taken ? 1 : 0;
            if (!leaving || !handingOver) {
                return false;
            }
            Instant started =
                    firstFrame == null
                            ? world.clock().instant()
                            : firstFrame.minus(frames(firstSequence));
            new Handover(held.pid(), pictures, ring.sequence(), passed, started)
                    .write(world.folder(), plan.camera());
            held.detach();
            child = null;
            return true;
        } catch (IOException e) {
            LOG.warn("camera {} cannot be handed over: {}", plan.camera(), e.toString());
            held.end(GRACE);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end, and brings it about if need be; -1 when even that does not help. */
    private static int exitCode(Child ended, boolean kill) throws InterruptedException {
        if (kill) {
            ended.end(GRACE);
        }
        for (int tries = 0; tries < 2; tries++) {
            try {
                return ended.exit().get(EXIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                ended.end(Duration.ZERO);
            } catch (ExecutionException e) {
                return -1;
            }
        }
        return -1;
    }

    private static void endAndWait(Child stray) throws InterruptedException {
        stray.end(GRACE);
        exitCode(stray, false);
    }

    /**
     * Waits for the thread; a decoder that gives no frame in that time is ended, since reading from
     * it cannot be broken off.
     *
     * @return whether the thread stopped by itself
     */
    boolean await(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        if (thread.isAlive()) {
            end();
            return false;
        }
        return true;
    }
}
