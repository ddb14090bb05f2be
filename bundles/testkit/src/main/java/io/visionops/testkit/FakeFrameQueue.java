package io.visionops.testkit;

import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.frame.LeaseException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the frames that a test offers, in order and none dropped, and keeps what became of
 * each. One consumer at a time has its lease. Thread-safe.
 */
public class FakeFrameQueue {

    /** Guarded by "this". */
    private final Deque<Frame> waiting = new ArrayDeque<>();

    /** Taken and not settled. Guarded by "this". */
    private final List<Frame> taken = new ArrayList<>();

    /** Every call of settle by sequence. Guarded by "this". */
    private final Map<Long, List<FrameOutcome>> settled = new HashMap<>();

    /** Guarded by "this". */
    private @Nullable Lease lease;

    /** What a consumer has of it. */
    private final class Lease implements FrameLease {

        @Override
        public Optional<Frame> take(Duration atMost) throws InterruptedException {
            return isHeld(this) ? FakeFrameQueue.this.take(atMost) : Optional.empty();
        }

        @Override
        public void settle(Frame frame, FrameOutcome outcome) {
            synchronized (FakeFrameQueue.this) {
                if (isHeld(this)) {
                    FakeFrameQueue.this.settle(frame, outcome);
                }
            }
        }

        @Override
        public void close() {
            end(this);
        }
    }

    /**
     * @throws LeaseException while another lease holds
     */
    public synchronized FrameLease lease() throws LeaseException {
        if (lease != null) {
            throw new LeaseException("the frames are taken by another consumer");
        }
        lease = new Lease();
        return lease;
    }

    private synchronized boolean isHeld(Lease one) {
        return lease == one;
    }

    private synchronized void end(Lease one) {
        if (lease == one) {
            List.copyOf(taken).forEach(frame -> settle(frame, FrameOutcome.ABANDONED));
            lease = null;
        }
    }

    public synchronized void offer(Frame frame) {
        waiting.add(frame);
        notifyAll();
    }

    /** Of the lease. */
    protected synchronized Optional<Frame> take(Duration atMost) throws InterruptedException {
        if (!taken.isEmpty()) {
            throw new IllegalStateException("frame " + taken.get(0).sequence() + " not settled");
        }
        long deadline = System.nanoTime() + atMost.toNanos();
        while (waiting.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        Frame frame = waiting.remove();
        taken.add(frame);
        return Optional.of(frame);
    }

    private synchronized void settle(Frame frame, FrameOutcome outcome) {
        taken.remove(frame);
        settled.computeIfAbsent(frame.sequence(), sequence -> new ArrayList<>()).add(outcome);
        notifyAll();
    }

    public synchronized FrameCounts counts() {
        Map<FrameOutcome, Long> by = new HashMap<>();
        settled.values().forEach(outcomes -> by.merge(outcomes.get(0), 1L, Long::sum));
        return new FrameCounts(
                settled.size(),
                by.getOrDefault(FrameOutcome.ANALYSED, 0L),
                by.getOrDefault(FrameOutcome.GATED, 0L),
                Map.of(
                        "failed", by.getOrDefault(FrameOutcome.FAILED, 0L),
                        "abandoned", by.getOrDefault(FrameOutcome.ABANDONED, 0L)),
                waiting.size() + taken.size());
    }

    /** Every call of {@link #settle} for a frame, in order; one is right. */
    public synchronized List<FrameOutcome> outcomes(long sequence) {
        return List.copyOf(settled.getOrDefault(sequence, List.of()));
    }

    /** Frames with at least one outcome. */
    public synchronized int settled() {
        return settled.size();
    }
}
