package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Reconnect;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.child.Custody;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.frame.FrameRing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the threads around one camera share: which decoder is current, how the camera is, and
 * whether it is to be left. Thread-safe.
 */
final class FeedState implements Course.Hands {

    private static final Duration CUSTODY_POLL = Duration.ofSeconds(1);

    /** How often it is looked whether a reader has come to a frame boundary. */
    private static final Duration BOUNDARY_POLL = Duration.ofMillis(10);

    private final FeedPlan plan;
    private final List<Address> addresses;
    private final World world;
    private final FrameRing ring;
    private final Account account;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All below is guarded by "lock".
    private final Course course;
    private final Progress progress;
    private final Renewal renewal;
    private Reconnect reconnect;
    private @Nullable Decoder current;

    /** Beside the current one, until it has its first frame. */
    private @Nullable Decoder candidate;

    /** A candidate is there or on its way. */
    private @Nullable Replacement underWay;

    private Optional<Handover.Running> left = Optional.empty();
    private boolean starting;
    private boolean asked;
    private boolean leaving;
    private boolean handingOver;

    FeedState(
            FeedPlan plan,
            List<Address> addresses,
            Reconnect reconnect,
            World world,
            FrameRing ring) {
        this.plan = plan;
        this.addresses = addresses;
        this.world = world;
        this.ring = ring;
        this.account = world.senses().accounts().apply(plan);
        Teller teller = new Teller(plan.camera(), world, account);
        this.course = new Course(plan, addresses, reconnect, world, teller, this);
        this.progress = new Progress(plan, ring, world.clock());
        this.renewal = new Renewal(world.memory(), now());
        this.reconnect = reconnect;
    }

    private long now() {
        return world.ticker().nanos();
    }

    void continueFrom(Handover handover) {
        lock.lock();
        try {
            course.continueFrom(handover);
            progress.continueFrom(handover);
            left = handover.running();
            serve(handover.wish().level());
            if (handover.wish().renewal()) {
                renewal.ask(now());
            }
        } finally {
            lock.unlock();
        }
    }

    void use(Reconnect other) {
        lock.lock();
        try {
            reconnect = other;
            course.use(other);
        } finally {
            lock.unlock();
        }
    }

    CameraStatus status() {
        lock.lock();
        try {
            int address = current == null ? course.routes().current() : current.route().address();
            return progress.status(
                    course.situation(), course.since(), addresses.get(address).masked(), now());
        } finally {
            lock.unlock();
        }
    }

    /** The decoder that runs. */
    Optional<Decoder> current() {
        lock.lock();
        try {
            return Optional.ofNullable(current);
        } finally {
            lock.unlock();
        }
    }

    ServiceLevel level() {
        lock.lock();
        try {
            return renewal.level();
        } finally {
            lock.unlock();
        }
    }

    /** How much is to be decoded; carried out at the next look at the clock. */
    void serve(ServiceLevel level) {
        lock.lock();
        try {
            renewal.serve(level, now());
        } finally {
            lock.unlock();
        }
    }

    /** Another decoder beside the current one, if that can be; otherwise a try at once. */
    void renew() {
        lock.lock();
        try {
            if (course.situation().isStreaming() && canBeDoubled()) {
                renewal.ask(now());
            } else {
                ask();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by "lock". */
    private boolean canBeDoubled() {
        return current != null
                && !plan.isAsap()
                && !isFile(current)
                && address(current).scheme() != Address.Scheme.V4L2;
    }

    /** Guarded by "lock". */
    private Address address(Decoder decoder) {
        return addresses.get(decoder.route().address());
    }

    /** Somebody wants it to be tried at once: nobody holds that back. */
    void ask() {
        lock.lock();
        try {
            asked = true;
            course.happens(new Happening.Asked());
        } finally {
            lock.unlock();
        }
    }

    /** The decoder that a predecessor left is not there any more, or not the one that is wanted. */
    void notFound() {
        lock.lock();
        try {
            left = Optional.empty();
            ask();
        } finally {
            lock.unlock();
        }
    }

    void disable() {
        lock.lock();
        try {
            course.happens(new Happening.Disabled());
        } finally {
            lock.unlock();
        }
    }

    /** This computer did nothing for a while: silence and rate are measured anew. */
    void stoodStill() {
        lock.lock();
        try {
            if (current != null) {
                current.silence().progress(now(), current.child().position());
            }
            progress.stoodStill(now());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a decoder that is silent, judges the rate.
     *
     * @param memory of the current decoder in bytes, 0 when it is not known
     * @return what is to be started beside the current decoder; {@link #renewalFailed} is to follow
     *     unless it was chosen
     */
    Optional<Replacement> watch(long memory) {
        lock.lock();
        try {
            if (candidate != null) {
                candidate.judge(now());
            }
            if (!leaving) {
                account.tick();
            }
            if (current == null || leaving) {
                // A wait is over by our clock, which need not be the system's.
                changed.signalAll();
                return Optional.empty();
            }
            long now = now();
            if (ring.isHoldingUp()) {
                current.silence().progress(now, current.child().position());
            }
            current.judge(now);
            progress.judgeRate(course.situation(), current.expected(), now)
                    .ifPresent(course::happens);
            renewal.used(now, memory);
            if (underWay != null || !course.situation().isStreaming() || !canBeDoubled()) {
                return Optional.empty();
            }
            Optional<Replacement> due =
                    renewal.due(current.route(), current.level(), course.routes(), now);
            underWay = due.orElse(null);
            return due;
        } finally {
            lock.unlock();
        }
    }

    // ---- what the machine wants; guarded by "lock" ----

    @Override
    public void start() {
        starting = true;
        asked = false;
    }

    @Override
    public void endDecoder() {
        if (current != null) {
            current.end();
        }
    }

    @Override
    public Optional<Route> route() {
        return Optional.ofNullable(current).map(Decoder::route);
    }

    @Override
    public void wake() {
        changed.signalAll();
    }

    @Override
    public void answered() {
        lock.lock();
        try {
            if (!leaving) {
                course.happens(new Happening.Answered());
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- for the thread that starts decoders ----

    /** Returns the decoder that a predecessor left. */
    Optional<Handover.Running> open() {
        lock.lock();
        try {
            course.announce();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is time to try; false when there is nothing more to do. */
    boolean awaitTurn() throws InterruptedException {
        lock.lock();
        try {
            starting = false;
            // Whoever reads the current decoder, this thread is the last to go.
            while (!leaving && !starting || current != null || underWay != null) {
                long wait = nanosToTry();
                if (wait == Long.MAX_VALUE) {
                    changed.await();
                } else if (wait > 0) {
                    changed.awaitNanos(wait);
                } else {
                    course.happens(new Happening.Due());
                }
            }
            return !leaving;
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by "lock". */
    private long nanosToTry() {
        if (leaving || current != null || underWay != null) {
            return Long.MAX_VALUE;
        }
        long wait = course.nanosToTry().orElse(Long.MAX_VALUE);
        return wait > 0 || asked ? wait : course.nanosToHold();
    }

    /** Empty when the feed is to stop before there is a custody. */
    Optional<Custody> awaitCustody() throws InterruptedException {
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

    /**
     * What to start.
     *
     * @param failures in a row so far: a camera whose key frames are rare needs patience
     */
    record Wanted(String name, Route route, ServiceLevel level, int failures) {}

    Wanted wanted() {
        lock.lock();
        try {
            return new Wanted(
                    plan.childName(),
                    course.routes().route(),
                    renewal.level(),
                    course.situation().misses().failures());
        } finally {
            lock.unlock();
        }
    }

    /** A decoder runs; it is ended at once if nobody wants it any more. */
    void begin(Decoder decoder) {
        lock.lock();
        try {
            current = decoder;
            left = Optional.empty();
            progress.begin(decoder.isAdopted(), now());
            renewal.began(now(), reconnect.probe());
            if (leaving || !course.situation().isRunning()) {
                decoder.end();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Pictures at the beginning of a new decoder that have been seen. */
    long seen() {
        lock.lock();
        try {
            return progress.seen();
        } finally {
            lock.unlock();
        }
    }

    boolean isCurrent(Decoder decoder) {
        lock.lock();
        try {
            return decoder == current;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The current decoder is gone.
     *
     * @param broken what was wrong with its output
     */
    void ended(Decoder decoder, int exit, Optional<String> broken) {
        lock.lock();
        try {
            current = null;
            changed.signalAll();
            if (leaving || !course.situation().isRunning()) {
                return;
            }
            Fault fault = decoder.conclusion(exit, broken);
            if (isFile(decoder) && decoder.hasFinished(exit, fault)) {
                progress.rewind();
                course.happens(new Happening.Finished());
            } else {
                course.lost(fault);
            }
        } finally {
            lock.unlock();
        }
    }

    /** One that ends. */
    private boolean isFile(Decoder decoder) {
        return address(decoder).scheme() == Address.Scheme.FILE && !plan.source().loop();
    }

    /** A try came to nothing, and no decoder is left of it. */
    void failed(Fault fault) {
        lock.lock();
        try {
            current = null;
            left = Optional.empty();
            if (!leaving) {
                course.lost(fault);
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- for the reader ----

    /** A frame that nobody wants; returns whether to go on. */
    boolean passedOver(Decoder decoder, long completed) {
        lock.lock();
        try {
            decoder.silence().progress(completed, decoder.child().position());
            return !leaving;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A frame is complete.
     *
     * @param fault of its picture
     * @return its time; empty when it is not wanted any more
     */
    Optional<Instant> arrived(
            Decoder decoder, Size pictures, long completed, Optional<Fault> fault) {
        lock.lock();
        try {
            if (decoder != current || leaving && !handingOver) {
                return Optional.empty();
            }
            Instant at = progress.frame(pictures, completed);
            decoder.silence().frame(completed, decoder.child().position());
            course.frameCame(fault);
            account.frame(at, completed);
            return Optional.of(at);
        } finally {
            lock.unlock();
        }
    }

    /** A frame is in the ring, or was not taken; returns whether to go on reading. */
    boolean offered(Decoder decoder, boolean taken) {
        lock.lock();
        try {
            decoder.silence().progress(now(), decoder.child().position());
            if (taken) {
                progress.taken();
            }
            if (handingOver && decoder == current) {
                release(decoder);
            }
            return decoder == current;
        } finally {
            lock.unlock();
        }
    }

    // ---- for the thread that starts a decoder beside the current one ----

    /** What to start; its name is one that the current decoder does not have. */
    Wanted wanted(Replacement next) {
        lock.lock();
        try {
            String usual = plan.childName();
            boolean taken = current != null && current.child().name().equals(usual);
            return new Wanted(taken ? usual + ".b" : usual, next.route(), next.level(), 0);
        } finally {
            lock.unlock();
        }
    }

    /** It runs; it is ended at once if nobody wants it any more. */
    void beginBeside(Decoder decoder) {
        lock.lock();
        try {
            candidate = decoder;
            if (leaving || current == null) {
                decoder.end();
            }
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            if (decoder != candidate || leaving || current == null) {
                return Choice.REFUSED;
            }
            decoder.silence().frame(completed, decoder.child().position());
            Duration half = Duration.ofMillis(500L / plan.fps());
            boolean tooSoon = progress.sinceLast(completed).compareTo(half) < 0;
            Route before = current.route();
            current.end();
            current = decoder;
            candidate = null;
            underWay = null;
            progress.changedOver(completed);
            renewal.done(completed);
            renewal.began(completed, reconnect.probe());
            course.changedOver(before, decoder.route());
            changed.signalAll();
            return tooSoon ? Choice.NEXT : Choice.CHOSEN;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has neither taken the place nor failed. */
    boolean isUnderWay(Replacement what) {
        lock.lock();
        try {
            return underWay == what;
        } finally {
            lock.unlock();
        }
    }

    /** The decoder beside the current one is gone, or did not even start. */
    void renewalFailed(Replacement what) {
        lock.lock();
        try {
            if (underWay != what) {
                return;
            }
            if (candidate == null) {
                renewal.notStarted(now());
            } else if (current != null) {
                renewal.failed(what, current.route(), now(), reconnect.probe());
            }
            candidate = null;
            underWay = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- for the end ----

    /** Nothing goes on. */
    void end() {
        lock.lock();
        try {
            leaving = true;
            course.close();
            handingOver = false;
            endDecoder();
            endCandidate();
            account.close();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops reading at the next frame boundary. */
    void leave() {
        lock.lock();
        try {
            leaving = true;
            course.close();
            endCandidate();
            handingOver = current != null && current.silence().hasStreamed();
            if (!handingOver) {
                endDecoder();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by "lock". */
    private void endCandidate() {
        if (candidate != null) {
            candidate.child().end(Decoder.SILENT_GRACE);
        }
    }

    /**
     * Waits until the reader is at a frame boundary, or until {@code limit}, and lets go of the
     * decoder. A camera that is slow need not be waited for: nothing of its next frame has been
     * read. Of one that stopped in the middle of a frame the successor passes over the rest.
     *
     * @return whether a decoder was left to a successor
     */
    boolean awaitReleased(Duration limit) throws InterruptedException {
        long deadline = now() + limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (handingOver && current != null) {
                long rest = deadline - now();
                if (current.stream().isBetween() || rest <= 0) {
                    release(current);
                } else {
                    changed.awaitNanos(Math.min(rest, BOUNDARY_POLL.toNanos()));
                }
            }
            return left.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by "lock". */
    private Handover.Running running(Decoder decoder) {
        return new Handover.Running(
                decoder.child().name(),
                decoder.child().pid(),
                progress.size(),
                decoder.stream().header(),
                decoder.child().position(),
                decoder.route(),
                decoder.level());
    }

    /** Guarded by "lock". */
    private void release(Decoder decoder) {
        left = Optional.of(running(decoder));
        decoder.child().detach();
        current = null;
        changed.signalAll();
    }

    /** What a successor would have to know now; for the reader, between two frames. */
    Optional<Handover> snapshot() {
        lock.lock();
        try {
            return leaving || current == null
                    ? Optional.empty()
                    : Optional.of(
                            progress.handover(
                                    Optional.of(running(current)),
                                    course,
                                    0,
                                    course.situation(),
                                    new Handover.Wish(renewal.level(), false)));
        } finally {
            lock.unlock();
        }
    }

    /**
     * What a successor must know; nothing happens here any more.
     *
     * @param unread frames in the ring that nobody took
     */
    Handover handover(int unread) {
        lock.lock();
        try {
            account.close();
            Situation situation = course.situation();
            boolean stopped = left.isEmpty() || plan.isAsap() && unread > 0;
            return progress.handover(
                    left,
                    course,
                    unread,
                    stopped && situation.isRunning() ? situation.waitingUntil(now()) : situation,
                    new Handover.Wish(renewal.level(), renewal.isAsked()));
        } finally {
            lock.unlock();
        }
    }
}
