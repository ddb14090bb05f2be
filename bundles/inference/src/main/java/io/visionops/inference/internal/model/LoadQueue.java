package io.visionops.inference.internal.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The installed models that are still to be loaded: those that somebody waits for first, in the
 * order in which they were asked for, then the others as they were given. Thread-safe.
 */
final class LoadQueue {

    /** Guarded by "this". */
    private final List<String> left = new ArrayList<>();

    /** May name models that are not installed. Guarded by "this". */
    private final Set<String> wanted = new LinkedHashSet<>();

    /** Guarded by "this". */
    private boolean closed;

    /**
     * @param names best first
     */
    synchronized void fill(List<String> names) {
        if (!closed) {
            left.addAll(names);
            notifyAll();
        }
    }

    /** Somebody waits for a model of that name; it need not be there yet, or at all. */
    synchronized void want(String name) {
        if (!closed && wanted.add(name)) {
            notifyAll();
        }
    }

    /** Takes the next one; empty when there is none. */
    synchronized Optional<String> next() {
        return take(nextWanted().or(() -> left.stream().findFirst()));
    }

    synchronized boolean isWanted(String name) {
        return wanted.contains(name);
    }

    /** Waits until somebody asks for one of them; not when there is no choice. */
    synchronized void awaitDemand(long atMostNanos) throws InterruptedException {
        awaitDemand(1, atMostNanos);
    }

    /** Waits until somebody asks for one of them, be it the last; not when none is left. */
    synchronized void rest(long atMostNanos) throws InterruptedException {
        awaitDemand(0, atMostNanos);
    }

    /** The caller holds "this". */
    private void awaitDemand(int withoutChoice, long atMostNanos) throws InterruptedException {
        long deadline = System.nanoTime() + atMostNanos;
        while (left.size() > withoutChoice && nextWanted().isEmpty()) {
            long rest = deadline - System.nanoTime();
            if (rest <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(rest, 1_000_000));
        }
    }

    /**
     * Waits for the next one that somebody asks for and takes it.
     *
     * @return empty when none is left
     */
    synchronized Optional<String> awaitWanted() throws InterruptedException {
        while (!left.isEmpty() && nextWanted().isEmpty()) {
            wait();
        }
        return take(nextWanted());
    }

    private Optional<String> nextWanted() {
        return wanted.stream().filter(left::contains).findFirst();
    }

    private Optional<String> take(Optional<String> name) {
        if (name.isPresent()) {
            left.remove(name.get());
            notifyAll();
        }
        return name;
    }

    /** Nothing is to be loaded any more. */
    synchronized void close() {
        closed = true;
        left.clear();
        notifyAll();
    }
}
