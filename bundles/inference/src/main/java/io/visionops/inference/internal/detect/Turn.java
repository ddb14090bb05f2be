package io.visionops.inference.internal.detect;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One of the calls of models that may be under way at a time. It is given back once: at the end of
 * the call, or before when that hangs, so that the others are not held up. Thread-safe.
 */
final class Turn {

    private final Semaphore turns;
    private final AtomicBoolean held = new AtomicBoolean();

    Turn(Semaphore turns) {
        this.turns = turns;
    }

    /** To be called when it was acquired. */
    void taken() {
        held.set(true);
    }

    void giveBack() {
        if (held.getAndSet(false)) {
            turns.release();
        }
    }
}
