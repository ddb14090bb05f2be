package io.visionops.ingest.internal.frame;

import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.frame.LeaseException;
import io.visionops.api.frame.Picture;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Two seconds of frames in memory that is allocated once per picture size. One producer fills
 * slots; one consumer, who has the {@link RingLease}, takes and settles frames; anybody may ask for
 * the latest picture or the counts. Thread-safe.
 */
public final class FrameRing {

    private static final int LEAST_CAPACITY = 4;

    /**
     * Beside those that wait: one being filled, another while a decoder is replaced, one taken, the
     * latest, one being encoded.
     */
    private static final int SPARE = 5;

    /** What a consumer may take to be up with the newest frame again. */
    private static final Duration CATCH_UP = Duration.ofSeconds(3);

    /** A consumer that neither waits for a frame nor has one for so long is none. */
    private static final Duration UNTENDED = Duration.ofMillis(100);

    private static final String SUPERSEDED = "superseded";
    private static final String OVERFLOW = "overflow";
    private static final String FAILED = "failed";
    private static final String ABANDONED = "abandoned";

    private final String camera;
    private final boolean inOrder;
    private final int capacity;
    private final PictureEncoder encoder;
    private final Function<Size, Slot> memory;
    private final LongSupplier stoodStill;

    /** From one frame to the next, in milliseconds. */
    private final long interval;

    private final Object encoding = new Object();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition settled = lock.newCondition();

    /** Who looks on beside the consumer; null: nobody. */
    private final AtomicReference<@Nullable FrameTap> observer = new AtomicReference<>();

    // All below is guarded by "lock".
    private final ArrayDeque<Slot> free = new ArrayDeque<>();
    private final ArrayDeque<RingFrame> waiting = new ArrayDeque<>();
    private @Nullable Size size;

    /** By what the consumer takes frames. */
    private @Nullable FrameLease lease;

    /** What a person calls that consumer. */
    private String leaseHolder = "";

    /** The next consumer may have the lease. */
    private boolean leaseIsFree = true;

    private @Nullable RingFrame taken;
    private @Nullable RingFrame newest;
    private @Nullable Picture picture;
    private long pictureSequence;
    private long sequence;
    private boolean closed;

    /** Who is in {@link #take}. */
    private int takers;

    /** Up to this one none is passed over. */
    private long inTurnUpTo;

    /**
     * Until when none that comes is passed over: the consumer is behind through no fault of its.
     */
    private long catchUpUntil = Long.MIN_VALUE;

    /** At the offer before. */
    private long stoodStillBefore;

    private long analysed;
    private long gated;
    private long superseded;
    private long overflow;
    private long failed;
    private long abandoned;

    /**
     * @param fps frames a second that come; two seconds of them are kept
     * @param inOrder a full ring holds up the producer, and none is dropped
     * @param sequence of the last frame before the first of this ring
     */
    public FrameRing(
            String camera, int fps, boolean inOrder, long sequence, PictureEncoder encoder) {
        this(camera, fps, inOrder, sequence, encoder, Slot::new, new CollectionTime());
    }

    /**
     * @param memory makes slots
     * @param stoodStill for how many milliseconds the program has, in all
     */
    FrameRing(
            String camera,
            int fps,
            boolean inOrder,
            long sequence,
            PictureEncoder encoder,
            Function<Size, Slot> memory,
            LongSupplier stoodStill) {
        this.memory = memory;
        this.stoodStill = stoodStill;
        this.stoodStillBefore = stoodStill.getAsLong();
        this.interval = 1000L / Math.max(1, fps);
        this.camera = camera;
        this.inOrder = inOrder;
        this.capacity = capacity(fps);
        this.sequence = sequence;
        this.encoder = encoder;
    }

    private static int capacity(int fps) {
        return Math.max(LEAST_CAPACITY, 2 * fps);
    }

    /** So many frames does a ring have memory for. */
    public static int slots(int fps) {
        return capacity(fps) + SPARE;
    }

    /**
     * Memory for a producer's next frame, which it offers or gives back; nobody sees it until then.
     * Frames of another size that still wait are dropped. A second producer may reserve while the
     * first is being replaced.
     */
    public Slot reserve(Size wanted) {
        lock.lock();
        try {
            if (!wanted.equals(size)) {
                allocate(wanted);
            }
            while (free.isEmpty()) {
                // Cannot be for long: SPARE covers all holders but those that wait.
                dropOldest();
            }
            Slot slot = free.removeFirst();
            slot.holders = 1;
            return slot;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing came of a reserved slot. */
    public void giveBack(Slot slot) {
        lock.lock();
        try {
            release(slot);
        } finally {
            lock.unlock();
        }
    }

    private void allocate(Size wanted) {
        while (!waiting.isEmpty()) {
            dropOldest();
        }
        forgetNewest();
        free.clear();
        // Known only when all of it is there: there may not be enough memory.
        size = null;
        try {
            for (int i = 0; i < capacity + SPARE; i++) {
                free.add(memory.apply(wanted));
            }
        } catch (OutOfMemoryError e) {
            // Of the memory for frames: what there is of it the other cameras need.
            free.clear();
            throw new IllegalStateException(
                    "there is no memory for "
                            + (capacity + SPARE)
                            + " frames of "
                            + wanted.width()
                            + "x"
                            + wanted.height()
                            + ": lower detect.width or detect.fps",
                    e);
        }
        size = wanted;
    }

    /**
     * Hands over a frame in a reserved slot. Blocks while a ring that keeps order is full.
     *
     * @return false when the ring was closed meanwhile; the frame is gone then
     */
    public boolean offer(Slot slot, Instant capturedAt, long completedNanos)
            throws InterruptedException {
        FrameTap onlooker = observer.get();
        if (onlooker != null) {
            onlooker.see(slot, capturedAt, completedNanos);
        }
        lock.lock();
        try {
            while (inOrder && waiting.size() >= capacity && !closed) {
                room.await();
            }
            if (closed) {
                release(slot);
                return false;
            }
            if (waiting.size() >= capacity) {
                dropOldest();
            }
            slot.holders = 2;
            sequence++;
            if (!isOrdinary(completedNanos) || taken == null) {
                inTurnUpTo = sequence;
            }
            RingFrame frame = new RingFrame(camera, sequence, capturedAt, completedNanos, slot);
            forgetNewest();
            newest = frame;
            waiting.addLast(frame);
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the next offer would wait for the consumer. */
    public boolean isHoldingUp() {
        lock.lock();
        try {
            return inOrder && waiting.size() >= capacity;
        } finally {
            lock.unlock();
        }
    }

    /** See {@link RingLease#of}. */
    void lease(FrameLease to, String holder) throws LeaseException {
        lock.lock();
        try {
            if (lease != null && !leaseIsFree) {
                throw new LeaseException(
                        "the frames of camera " + camera + " are taken by " + leaseHolder);
            }
            endLease();
            lease = to;
            leaseHolder = holder;
            leaseIsFree = false;
        } finally {
            lock.unlock();
        }
    }

    /** Another one for the same frames; it drops those that nobody takes. */
    FrameRing forCopies() {
        return new FrameRing(camera, capacity / 2, false, 0, encoder, memory, stoodStill);
    }

    /** See {@link FrameObserver#of}. */
    void observe(FrameTap one) throws LeaseException {
        if (!observer.compareAndSet(null, one)) {
            throw new LeaseException("somebody looks on at camera " + camera + " already");
        }
    }

    void endObservation(FrameTap one) {
        observer.compareAndSet(one, null);
    }

    /** Holds until another consumer wants one: what is at hand can still be settled. */
    void free(FrameLease ofConsumer) {
        lock.lock();
        try {
            if (lease == ofConsumer) {
                leaseIsFree = true;
            }
        } finally {
            lock.unlock();
        }
    }

    void end(FrameLease ofConsumer) {
        lock.lock();
        try {
            if (lease == ofConsumer) {
                endLease();
            }
        } finally {
            lock.unlock();
        }
    }

    private void endLease() {
        if (taken != null) {
            end(taken, FrameOutcome.ABANDONED);
        }
        lease = null;
        arrived.signalAll();
    }

    Optional<Frame> take(FrameLease by, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            if (lease != by) {
                return Optional.empty();
            }
            if (taken != null) {
                end(taken, FrameOutcome.ABANDONED);
            }
            takers++;
            try {
                while (waiting.isEmpty() && !closed && lease == by && left > 0) {
                    left = arrived.awaitNanos(left);
                }
            } finally {
                takers--;
            }
            if (waiting.isEmpty() || lease != by) {
                return Optional.empty();
            }
            while (!inOrder && waiting.size() > 1 && !isNextInTurn()) {
                superseded++;
                release(waiting.removeFirst().slot());
            }
            RingFrame frame = waiting.removeFirst();
            taken = frame;
            room.signal();
            return Optional.of(frame);
        } finally {
            lock.unlock();
        }
    }

    /**
     * False after a swap, of either side, and after the program stood still: then much comes at
     * once, or the consumer has to warm up.
     */
    private boolean isOrdinary(long completedNanos) {
        boolean first = catchUpUntil == Long.MIN_VALUE;
        if (hasStoodStill() || first || (taken == null && takers == 0)) {
            catchUpUntil = completedNanos + CATCH_UP.toNanos();
        }
        return completedNanos - catchUpUntil >= 0;
    }

    /** For so long that frames have gathered in front of the ring. */
    private boolean hasStoodStill() {
        long now = stoodStill.getAsLong();
        long length = now - stoodStillBefore;
        stoodStillBefore = now;
        return length >= interval / 2;
    }

    private boolean isNextInTurn() {
        return waiting.getFirst().sequence() <= inTurnUpTo;
    }

    void settle(FrameLease by, Frame frame, FrameOutcome outcome) {
        lock.lock();
        try {
            if (lease != by || frame != taken) {
                return;
            }
            if (outcome == FrameOutcome.ABANDONED && !closed && waiting.size() < capacity) {
                putBack(taken);
            } else {
                end(taken, outcome);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody has looked at it: the next consumer will. */
    private void putBack(RingFrame frame) {
        taken = null;
        inTurnUpTo = Math.max(inTurnUpTo, frame.sequence());
        waiting.addFirst(frame);
        arrived.signal();
    }

    private void end(RingFrame frame, FrameOutcome outcome) {
        switch (outcome) {
            case ANALYSED -> analysed++;
            case GATED -> gated++;
            case FAILED -> failed++;
            case ABANDONED -> abandoned++;
        }
        taken = null;
        release(frame.slot());
        settled.signalAll();
    }

    private void dropOldest() {
        RingFrame oldest = waiting.removeFirst();
        overflow++;
        release(oldest.slot());
    }

    private void forgetNewest() {
        if (newest != null) {
            release(newest.slot());
            newest = null;
        }
    }

    private void release(Slot slot) {
        slot.holders--;
        if (slot.holders == 0 && slot.size().equals(size)) {
            free.addLast(slot);
        }
    }

    /** Where its frames went. */
    public FrameCounts counts() {
        lock.lock();
        try {
            Map<String, Long> dropped = new HashMap<>();
            dropped.put(SUPERSEDED, superseded);
            dropped.put(OVERFLOW, overflow);
            dropped.put(FAILED, failed);
            dropped.put(ABANDONED, abandoned);
            long sum = superseded + overflow + failed + abandoned;
            return new FrameCounts(
                    analysed + gated + sum,
                    analysed,
                    gated,
                    dropped,
                    waiting.size() + (taken == null ? 0 : 1));
        } finally {
            lock.unlock();
        }
    }

    /** Of the newest frame; 0 before the first. */
    public long sequence() {
        lock.lock();
        try {
            return sequence;
        } finally {
            lock.unlock();
        }
    }

    /** The newest frame as JPEG, whether it was taken or not; encoded only when asked for. */
    public Optional<Picture> latest() {
        // One at a time: the spare slots are counted on it.
        synchronized (encoding) {
            RingFrame frame;
            lock.lock();
            try {
                if (newest == null) {
                    return Optional.empty();
                }
                if (picture != null && pictureSequence == newest.sequence()) {
                    return Optional.of(picture);
                }
                frame = newest;
                frame.slot().holders++;
            } finally {
                lock.unlock();
            }
            return Optional.of(encoded(frame));
        }
    }

    private Picture encoded(RingFrame frame) {
        try {
            ByteBuffer pixels = frame.slot().memory().duplicate().clear();
            byte[] jpeg = encoder.jpeg(pixels, frame.width(), frame.height());
            Picture made =
                    new Picture(camera, frame.capturedAt(), frame.width(), frame.height(), jpeg);
            remember(made, frame.sequence());
            return made;
        } finally {
            lock.lock();
            try {
                release(frame.slot());
            } finally {
                lock.unlock();
            }
        }
    }

    private void remember(Picture made, long sequenceOfIt) {
        lock.lock();
        try {
            picture = made;
            pictureSequence = sequenceOfIt;
        } finally {
            lock.unlock();
        }
    }

    /** Goes on counting after a frame that another ring held. */
    public void continueAfter(long last) {
        lock.lock();
        try {
            sequence = last;
        } finally {
            lock.unlock();
        }
    }

    /** Goes on counting where another ring stopped. */
    public void continueFrom(FrameCounts counts) {
        lock.lock();
        try {
            analysed = counts.analysed();
            gated = counts.gated();
            superseded = counts.dropped().getOrDefault(SUPERSEDED, 0L);
            overflow = counts.dropped().getOrDefault(OVERFLOW, 0L);
            failed = counts.dropped().getOrDefault(FAILED, 0L);
            abandoned = counts.dropped().getOrDefault(ABANDONED, 0L);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the consumer has settled all that waits.
     *
     * @return false when it has not in that time, or there is nobody who takes frames
     */
    public boolean awaitDrained(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            long untended = UNTENDED.toNanos();
            while (taken != null || !waiting.isEmpty()) {
                long wait = Math.min(left, untended);
                if (wait <= 0) {
                    return false;
                }
                boolean tended = taken != null || takers > 0;
                long rest = settled.awaitNanos(wait);
                left -= wait - rest;
                untended = tended ? UNTENDED.toNanos() : untended - (wait - rest);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets everybody go who waits. Frames that wait are dropped; settling still counts.
     *
     * @return how many were dropped
     */
    public int close() {
        FrameTap onlooker = observer.get();
        if (onlooker != null) {
            onlooker.close();
        }
        lock.lock();
        try {
            closed = true;
            int dropped = waiting.size();
            while (!waiting.isEmpty()) {
                abandoned++;
                release(waiting.removeFirst().slot());
            }
            arrived.signalAll();
            room.signalAll();
            settled.signalAll();
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
