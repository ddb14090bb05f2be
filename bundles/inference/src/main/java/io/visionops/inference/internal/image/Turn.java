package io.visionops.inference.internal.image;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One of the calls of models that may be under way at a time. It is given back once: at the end of
 * the call, or before when that hangs, so that the others are not held up. Thread-safe.
 */
public final class Turn {

    private final Semaphore turns;
    private final AtomicBoolean held = new AtomicBoolean();

    public Turn(Semaphore turns) {
        this.turns = turns;
    }

    /** To be called when it was acquired. */
    public void taken() {
        held.set(true);
    }

    public void giveBack() {
        if (held.getAndSet(false)) {
            turns.release();
        }
    }
}
