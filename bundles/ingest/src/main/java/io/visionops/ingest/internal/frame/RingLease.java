package io.visionops.ingest.internal.frame;

import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import java.time.Duration;
import java.util.Optional;

/** The right to take the frames of a {@link FrameRing}. Thread-safe. */
public final class RingLease implements FrameLease {

    private final FrameRing ring;
    private final String holder;

    RingLease(FrameRing ring, String holder) {
        this.ring = ring;
        this.holder = holder;
    }

    String holder() {
        return holder;
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
