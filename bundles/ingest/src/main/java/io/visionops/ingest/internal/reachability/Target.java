package io.visionops.ingest.internal.reachability;

import io.visionops.ingest.internal.config.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A camera that is knocked at: at most one connection at a time. Used by one thread. */
final class Target {

    private final Address address;
    private final ProbeRequest greeting;
    private final ProbeSchedule bell;
    private final Runnable ring;

    /** Of all doors together. */
    private final AtomicLong unanswered;

    private @Nullable Probe knock;
    private boolean asked;

    /** Set by the thread that looks names up. */
    private volatile @Nullable InetAddress host;

    /** A knock got bytes that were no answer. Read by others. */
    private volatile boolean confused;

    /** Set by whoever hung the bell. */
    private volatile boolean takenDown;

    Target(Address address, ProbeSchedule bell, Runnable ring, AtomicLong unanswered) {
        this.address = address;
        this.greeting = ProbeRequest.of(address);
        this.bell = bell;
        this.ring = ring;
        this.unanswered = unanswered;
    }

    void takeDown() {
        takenDown = true;
    }

    /** Whether the last knock got no answer. Thread-safe. */
    boolean isSilent() {
        return bell.isSilent();
    }

    /** Whether the camera talks and does not answer. Thread-safe. */
    boolean isConfused() {
        return confused;
    }

    boolean isOver() {
        return takenDown || bell.isSettled();
    }

    /** What is to be looked up. */
    String host() {
        return address.host();
    }

    /** Without an answer there is nobody to knock at, and the camera is tried without a bell. */
    void found(Optional<InetAddress> answer) {
        host = answer.orElse(null);
    }

    /** Whether it has to be looked up, once. */
    boolean needsLookUp() {
        boolean needed = !asked;
        asked = true;
        return needed;
    }

    /** Begins a knock that is due, gives one up that has had its time. */
    void look(Selector selector, long now) {
        InetAddress known = host;
        if (knock != null && ProbeSchedule.isOver(knock.began(), now)) {
            gaveUp(knock.began());
        }
        if (knock == null && known != null && bell.isDue(now)) {
            try {
                knock =
                        Probe.begin(
                                selector,
                                new InetSocketAddress(known, address.port()),
                                greeting,
                                this,
                                now);
            } catch (IOException refused) {
                gaveUp(now);
            }
        }
    }

    /** Goes on after its key was selected. */
    void progress(long now) {
        Probe current = knock;
        if (current == null) {
            return;
        }
        switch (current.progress()) {
            case ANSWERED -> {
                close();
                if (bell.answered(current.began(), now) && !takenDown) {
                    ring.run();
                }
            }
            case NOTHING -> gaveUp(current.began());
            case PENDING -> {}
        }
    }

    private void gaveUp(long began) {
        confused = knock != null && knock.isBabble();
        close();
        bell.unanswered(began);
        unanswered.incrementAndGet();
    }

    /** Nanoseconds until {@link #look} has something to do, at most {@code longest}. */
    long until(long now, long longest) {
        if (host == null) {
            return longest;
        }
        long due = knock == null ? bell.next() : knock.began() + ProbeSchedule.LIMIT.toNanos();
        return Math.min(longest, due - now);
    }

    void close() {
        if (knock != null) {
            knock.close();
            knock = null;
        }
    }
}
