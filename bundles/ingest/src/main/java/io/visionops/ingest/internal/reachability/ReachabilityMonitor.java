package io.visionops.ingest.internal.reachability;

import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.network.HostLookup;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells waiting cameras that theirs answers again: a connection now and then, at most one per
 * camera, instead of a decoder. One thread for all of them, which never blocks; names are looked up
 * by another, which may. Thread-safe.
 */
public final class ReachabilityMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReachabilityMonitor.class);

    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);
    private static final int LOOK_UPS = 256;

    private final Ticker ticker;
    private final DoubleSupplier random;
    private final Selector selector;
    private final Set<Target> targets = ConcurrentHashMap.newKeySet();
    private final AtomicLong unanswered = new AtomicLong();
    private final HostLookup names;
    private final Thread thread;

    /** One camera that is watched. Thread-safe. */
    public interface Watch extends AutoCloseable {

        /** Whether the last probe got no answer. */
        boolean isSilent();

        /** Whether the camera talks and does not answer what it was asked. */
        boolean isConfused();

        /** Ends it; harmless when the camera has answered. */
        @Override
        void close();
    }

    /** Nothing is watched. */
    public static final Watch NONE =
            new Watch() {
                @Override
                public boolean isSilent() {
                    return false;
                }

                @Override
                public boolean isConfused() {
                    return false;
                }

                @Override
                public void close() {}
            };

    /**
     * @param random 0..1
     */
    public ReachabilityMonitor(Ticker ticker, DoubleSupplier random) {
        this.ticker = ticker;
        this.random = random;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // What does not fit is not looked up: that camera is tried as if it were not probed.
        this.names = new HostLookup("visionops-ingest-names", LOOK_UPS);
        thread = DaemonThreads.create("visionops-ingest-reachability", this::run);
        thread.start();
    }

    /**
     * Probes until the camera answers, or until the watch is closed. Addresses that are no
     * network's are never probed.
     *
     * @param interval between probes
     * @param silent it did not answer before: its first answer is news
     * @param answered called once, by a thread that must not be held up, when the camera answers
     *     after it did not; never called when it answers the first probe at once
     */
    public Watch watch(Address address, Duration interval, boolean silent, Runnable answered) {
        if (!address.scheme().isNetwork() || !selector.isOpen()) {
            return NONE;
        }
        ProbeSchedule schedule = new ProbeSchedule(interval, silent, ticker.nanos(), random);
        Target target = new Target(address, schedule, answered, unanswered);
        targets.add(target);
        selector.wakeup();
        return new Watch() {
            @Override
            public boolean isSilent() {
                return target.isSilent();
            }

            @Override
            public boolean isConfused() {
                return target.isConfused();
            }

            @Override
            public void close() {
                target.cancel();
                selector.wakeup();
            }
        };
    }

    /** Probes that came to nothing. */
    long unanswered() {
        return unanswered.get();
    }

    /** Cameras that are watched. */
    int watches() {
        return targets.size();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                long now = ticker.nanos();
                selector.select(millisUntilNext(now));
                now = ticker.nanos();
                progress(now);
                look(now);
            }
        } catch (IOException e) {
            LOG.error("cameras are not probed any more: {}", e.toString(), e);
        } finally {
            targets.forEach(Target::close);
        }
    }

    private long millisUntilNext(long now) {
        long until = LONGEST_SLEEP.toNanos();
        for (Target target : targets) {
            until = target.until(now, until);
        }
        // Zero would mean for ever.
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(until));
    }

    private void progress(long now) {
        if (!selector.isOpen()) {
            return;
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid() && key.attachment() instanceof Target target) {
                guarded(() -> target.progress(now));
            }
        }
        selector.selectedKeys().clear();
    }

    private void look(long now) {
        for (Iterator<Target> all = targets.iterator(); all.hasNext(); ) {
            Target target = all.next();
            if (target.isOver()) {
                target.close();
                all.remove();
                continue;
            }
            if (target.needsLookUp()) {
                lookUp(target);
            }
            guarded(() -> target.look(selector, now));
        }
    }

    private void lookUp(Target target) {
        String host = target.host();
        if (HostLookup.isLiteral(host)) {
            target.found(HostLookup.now(host));
            return;
        }
        var unused =
                names.later(
                        host,
                        answer -> {
                            target.found(answer);
                            selector.wakeup();
                        });
    }

    /** One camera's trouble is not the others'. */
    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            MachineErrors.endIf(e);
            LOG.warn("probing a camera failed: {}", e.toString(), e);
        }
    }

    /** Ends every watch and the threads. */
    @Override
    public void close() {
        names.close();
        try {
            selector.close();
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (IOException e) {
            LOG.debug("the selector is not closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
