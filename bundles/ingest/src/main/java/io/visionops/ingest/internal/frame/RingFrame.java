package io.visionops.ingest.internal.frame;

import io.visionops.api.frame.Frame;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A frame in one of a ring's slots. */
final class RingFrame implements Frame {

    private final String camera;
    private final long sequence;
    private final Instant capturedAt;
    private final long completedNanos;
    private final Slot slot;

    RingFrame(String camera, long sequence, Instant capturedAt, long completedNanos, Slot slot) {
        this.camera = camera;
        this.sequence = sequence;
        this.capturedAt = capturedAt;
        this.completedNanos = completedNanos;
        this.slot = slot;
    }

    Slot slot() {
        return slot;
    }

    @Override
    public String camera() {
        return camera;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Instant capturedAt() {
        return capturedAt;
    }

    @Override
    public long completedNanos() {
        return completedNanos;
    }

    @Override
    public int width() {
        return slot.size().width();
    }

    @Override
    public int height() {
        return slot.size().height();
    }

    @Override
    public ByteBuffer i420() {
        return slot.view();
    }
}
