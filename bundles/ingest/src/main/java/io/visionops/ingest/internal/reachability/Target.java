package io.visionops.ingest.internal.reachability;

import io.visionops.ingest.internal.config.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A camera that is probed: at most one connection at a time. Used by one thread. */
final class Target {

    private final Address address;
    private final ProbeRequest greeting;
    private final ProbeSchedule schedule;
    private final Runnable answered;

    /** Of all targets together. */
    private final AtomicLong unanswered;

    private @Nullable Probe probe;
    private boolean asked;

    /** Set by the thread that looks names up. */
    private volatile @Nullable InetAddress host;

    /** A probe got bytes that were no answer. Read by others. */
    private volatile boolean confused;

    /** Set by whoever watched it. */
    private volatile boolean cancelled;

    Target(Address address, ProbeSchedule schedule, Runnable answered, AtomicLong unanswered) {
        this.address = address;
        this.greeting = ProbeRequest.of(address);
        this.schedule = schedule;
        this.answered = answered;
        this.unanswered = unanswered;
    }

    void cancel() {
        cancelled = true;
    }

    /** Whether the last probe got no answer. Thread-safe. */
    boolean isSilent() {
        return schedule.isSilent();
    }

    /** Whether the camera talks and does not answer. Thread-safe. */
    boolean isConfused() {
        return confused;
    }

    boolean isOver() {
        return cancelled || schedule.isSettled();
    }

    /** What is to be looked up. */
    String host() {
        return address.host();
    }

    /** Without an answer there is nobody to probe, and the camera is tried without being probed. */
    void found(Optional<InetAddress> answer) {
        host = answer.orElse(null);
    }

    /** Whether it has to be looked up, once. */
    boolean needsLookUp() {
        boolean needed = !asked;
        asked = true;
        return needed;
    }

    /** Begins a probe that is due, gives one up that has had its time. */
    void look(Selector selector, long now) {
        InetAddress known = host;
        if (probe != null && ProbeSchedule.isOver(probe.began(), now)) {
            gaveUp(probe.began());
        }
        if (probe == null && known != null && schedule.isDue(now)) {
            try {
                probe =
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
        Probe current = probe;
        if (current == null) {
            return;
        }
        switch (current.progress()) {
            case ANSWERED -> {
                close();
                if (schedule.answered(current.began(), now) && !cancelled) {
                    answered.run();
                }
            }
            case NOTHING -> gaveUp(current.began());
            case PENDING -> {}
        }
    }

    private void gaveUp(long began) {
        confused = probe != null && probe.isBabble();
        close();
        schedule.unanswered(began);
        unanswered.incrementAndGet();
    }

    /** Nanoseconds until {@link #look} has something to do, at most {@code longest}. */
    long until(long now, long longest) {
        if (host == null) {
            return longest;
        }
        long due = probe == null ? schedule.next() : probe.began() + ProbeSchedule.LIMIT.toNanos();
        return Math.min(longest, due - now);
    }

    void close() {
        if (probe != null) {
            probe.close();
            probe = null;
        }
    }
}
