package io.visionops.ingest.internal.frame;

import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.frame.LeaseException;
import java.time.Duration;
import java.util.Optional;

/** The right to take the frames of a {@link FrameRing}. Thread-safe. */
public final class RingLease implements FrameLease {

    private final FrameRing ring;

    private RingLease(FrameRing ring) {
        this.ring = ring;
    }

    /**
     * Gives the frames of a ring to one consumer. The frame that the one before has not settled is
     * abandoned.
     *
     * @param holder what a person calls the consumer
     * @throws LeaseException when another has them
     */
    public static RingLease of(FrameRing ring, String holder) throws LeaseException {
        RingLease lease = new RingLease(ring);
        ring.lease(lease, holder);
        return lease;
    }

    @Override
    public Optional<Frame> take(Duration atMost) throws InterruptedException {
        return ring.take(this, atMost);
    }

    @Override
    public void settle(Frame frame, FrameOutcome outcome) {
        ring.settle(this, frame, outcome);
    }

    /**
     * The holder is about to go, and may not close it: it ends as soon as another consumer wants a
     * lease.
     */
    public void free() {
        ring.free(this);
    }

    @Override
    public void close() {
        ring.end(this);
    }
}
