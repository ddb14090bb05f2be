package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Reconnect;
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
    private final RateWatch rate;
    private final Account account;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All below is guarded by "lock".
    private final Course course;
    private final FrameTimes times;
    private @Nullable Decoder current;
    private Optional<Handover.Running> left = Optional.empty();
    private boolean starting;
    private boolean asked;
    private boolean leaving;
    private boolean handingOver;
    private long launches;
    private Size size = new Size(0, 0);
    private @Nullable Instant lastFrame;

    /** Frames of a file read asap that the ring has taken; a new decoder begins after them. */
    private long passed;

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
        this.rate = new RateWatch(plan.fps());
        this.account = world.senses().accounts().apply(plan);
        Teller teller = new Teller(plan.camera(), world, account);
        this.course = new Course(plan, addresses, reconnect, world, teller, this);
        this.times = new FrameTimes(plan, world.clock());
    }

    private long now() {
        return world.ticker().nanos();
    }

    void continueFrom(Handover handover) {
        lock.lock();
        try {
            course.continueFrom(handover);
            launches = handover.launches();
            passed = handover.passed();
            left = handover.running();
            times.continueFrom(handover.origin());
            ring.continueAfter(handover.sequence());
            ring.continueFrom(handover.counts());
        } finally {
            lock.unlock();
        }
    }

    void use(Reconnect reconnect) {
        lock.lock();
        try {
            course.use(reconnect);
        } finally {
            lock.unlock();
        }
    }

    CameraStatus status() {
        lock.lock();
        try {
            Situation situation = course.situation();
            int address = current == null ? course.routes().current() : current.route().address();
            return new CameraStatus(
                    plan.camera(),
                    situation.state(),
                    course.since(),
                    situation.fault(),
                    rate.lately(situation, now()),
                    size.width(),
                    size.height(),
                    Optional.ofNullable(lastFrame),
                    Math.max(0, launches - 1),
                    situation.misses().failures(),
                    addresses.get(address).masked());
        } finally {
            lock.unlock();
        }
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
            rate.stoodStill(now());
        } finally {
            lock.unlock();
        }
    }

    /** Ends a decoder that is silent, judges the rate. */
    void watch() {
        lock.lock();
        try {
            if (leaving) {
                changed.signalAll();
                return;
            }
            account.tick();
            if (current == null) {
                // A wait is over by our clock, which need not be the system's.
                changed.signalAll();
                return;
            }
            long now = now();
            if (ring.isHoldingUp()) {
                current.silence().progress(now, current.child().position());
            }
            current.judge(now);
            if (!plan.isAsap()) {
                rate.judge(course.situation(), now).ifPresent(course::happens);
            }
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
            while (!leaving && !starting) {
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
        long wait = current == null ? course.nanosToTry().orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
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

    /** What to start. */
    record Wanted(Route route, int failures) {}

    Wanted wanted() {
        lock.lock();
        try {
            return new Wanted(course.routes().route(), course.situation().misses().failures());
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
            launches += decoder.isAdopted() ? 0 : 1;
            times.begin(decoder.isAdopted(), now());
            rate.begin(now());
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
            return plan.isAsap() ? passed : 0;
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
                passed = 0;
                course.happens(new Happening.Finished());
            } else {
                course.lost(fault);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFile(Decoder decoder) {
        Address address = addresses.get(decoder.route().address());
        return address.scheme() == Address.Scheme.FILE && !plan.source().loop();
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
        rate.arrived(completed);
        lock.lock();
        try {
            if (decoder != current || leaving && !handingOver) {
                return Optional.empty();
            }
            Instant at = times.of(ring.sequence() + 1, completed);
            lastFrame = at;
            size = pictures;
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
            passed += taken ? 1 : 0;
            if (handingOver && decoder == current) {
                release(decoder);
            }
            return decoder == current;
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
            handingOver = current != null && current.silence().hasStreamed();
            if (!handingOver) {
                endDecoder();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
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
    private void release(Decoder decoder) {
        left =
                Optional.of(
                        new Handover.Running(
                                decoder.child().name(),
                                decoder.child().pid(),
                                size,
                                decoder.stream().header(),
                                decoder.child().position(),
                                decoder.route()));
        decoder.child().detach();
        current = null;
        changed.signalAll();
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
            boolean begunAnew = plan.isAsap() && unread > 0;
            boolean stopped = situation.isRunning() && left.isEmpty();
            return new Handover(
                    begunAnew ? Optional.empty() : left,
                    stopped || begunAnew ? situation.waitingUntil(now()) : situation,
                    course.since(),
                    course.routes(),
                    ring.sequence() - (begunAnew ? unread : 0),
                    ring.counts(),
                    passed - (begunAnew ? unread : 0),
                    times.known(),
                    launches);
        } finally {
            lock.unlock();
        }
    }
}
