package io.visionops.discovery.internal;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Whether a search goes on. Reads from a socket are not ended by an interrupt, so whoever waits for
 * the network says here how that wait is ended. Thread-safe.
 */
final class Cancellation {

    /** By identity. Guarded by "this". */
    private final Set<Runnable> actions = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Guarded by "this". */
    private boolean cancelled;

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * @param action is run once, when it is cancelled, and at once where that has happened; it must
     *     neither wait nor fail
     */
    void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** What the action would have ended is over. */
    synchronized void forget(Runnable action) {
        actions.remove(action);
    }

    void cancel() {
        List<Runnable> all;
        synchronized (this) {
            cancelled = true;
            all = List.copyOf(actions);
            actions.clear();
        }
        // Outside the lock: whoever is woken up asks whether it was cancelled.
        all.forEach(Runnable::run);
    }
}
