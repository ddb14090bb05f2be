package io.visionops.ingest.internal.frame;

import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.frame.LeaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the frames of a ring for one who looks on: what it does with them, or does not, is
 * nothing to the ring's consumer. Thread-safe.
 */
public final class FrameObserver implements FrameLease, FrameTap {

    private static final Logger LOG = LoggerFactory.getLogger(FrameObserver.class);

    private final FrameRing source;
    private final FrameRing copies;
    private final RingLease lease;

    private FrameObserver(FrameRing source, FrameRing copies, RingLease lease) {
        this.source = source;
        this.copies = copies;
        this.lease = lease;
    }

    /**
     * Copies of the frames that come to a ring from now on, for one observer at a time.
     *
     * @param holder what a person calls the observer
     * @throws LeaseException when there is one already
     */
    public static FrameObserver of(FrameRing ring, String holder) throws LeaseException {
        FrameRing copies = ring.forCopies();
        FrameObserver one = new FrameObserver(ring, copies, RingLease.of(copies, holder));
        ring.observe(one);
        return one;
    }

    @Override
    public void see(Slot slot, Instant capturedAt, long completedNanos)
            throws InterruptedException {
        try {
            Slot copy = copies.reserve(slot.size());
            copy.memory().clear().put(slot.view());
            copies.offer(copy, capturedAt, completedNanos);
        } catch (RuntimeException e) {
            // There may be no memory for copies: the camera itself goes on.
            LOG.warn("the frames are not looked on at any more: {}", e.getMessage());
            close();
        }
    }

    @Override
    public Optional<Frame> take(Duration atMost) throws InterruptedException {
        return lease.take(atMost);
    }

    @Override
    public void settle(Frame frame, FrameOutcome outcome) {
        lease.settle(frame, outcome);
    }

    @Override
    public void close() {
        source.endObservation(this);
        copies.close();
        lease.close();
    }
}
