package io.visionops.ingest.internal.frame;

import java.time.Instant;

/** Sees the frames of a ring before its consumer does. Thread-safe. */
interface FrameTap {

    /** A frame that the ring has not been offered yet; the caller alone holds it. */
    void see(Slot slot, Instant capturedAt, long completedNanos) throws InterruptedException;

    /** The ring is closed. */
    void close();
}
