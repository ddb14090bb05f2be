package io.visionops.processes.internal;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildSpec;
import io.visionops.api.child.ChildUsage;
import io.visionops.api.time.Ticker;
import io.visionops.processes.internal.meter.UsageSum;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running child and who holds it. It belongs to this bundle, so that it survives its holders.
 * Thread-safe.
 */
final class SupervisedChild {

    /** How long a detached child waits to be claimed. */
    static final Duration UNCLAIMED = Duration.ofSeconds(10);

    /** Between TERM and KILL for a child whose holder is not asked. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedChild.class);

    /** A descendant may hold the error pipe open for ever. */
    private static final Duration DRAIN = Duration.ofMillis(500);

    private final ChildSpec spec;
    private final Process process;
    private final Instant started;
    private final Ticker ticker;
    private final ScheduledExecutorService timer;
    private final DescriptorReserve reserve;
    private final ProcessFamily family;
    private final StandardStreams streams;
    private final UsageSum sum;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    /** Written under "this"; read without, since every read of the output asks for it. */
    private volatile @Nullable Child holder;

    /** Guarded by "this". */
    private final ClaimDeadline deadline;

    /** Guarded by "this". */
    private @Nullable Ending ending;

    private volatile boolean endedUnclaimed;

    private volatile UsageSum.Sample sample = new UsageSum.Sample(0, 0, 0);

    SupervisedChild(
            ChildSpec spec,
            Process process,
            ProcessFamily family,
            Instant started,
            Ticker ticker,
            ScheduledExecutorService timer,
            DescriptorReserve reserve) {
        this.spec = spec;
        this.process = process;
        this.family = family;
        this.started = started;
        this.ticker = ticker;
        this.timer = timer;
        this.reserve = reserve;
        streams = new StandardStreams(spec, process);
        deadline = new ClaimDeadline(spec.name(), UNCLAIMED, ticker, timer);
        sum = new UsageSum(ticker.nanos());
    }

    /**
     * Starts the threads of this child; they end with it.
     *
     * @param gone called once it lives no more, before {@link #exit()} completes
     */
    void watch(Runnable gone) {
        streams.start();
        DaemonThreads.create("visionops-processes-exit-" + spec.name(), () -> await(gone)).start();
    }

    private void await(Runnable gone) {
        int code = -1;
        try {
            code = process.waitFor();
            awaitDescent();
            streams.awaitErrors(DRAIN);
        } catch (InterruptedException e) {
            // Nobody has this thread to interrupt it; if somebody does, the child is given up.
            Thread.currentThread().interrupt();
        } finally {
            LOG.info("child {} (pid {}) is gone, exit code {}", spec.name(), process.pid(), code);
            gone.run();
            exit.complete(code);
        }
    }

    private void awaitDescent() throws InterruptedException {
        Ending rest;
        synchronized (this) {
            if (ending == null && !family.isAlive()) {
                return;
            }
            rest = beginEnding(GRACE);
        }
        try {
            // The ending limits itself; this limit is for a timer that was stopped.
            rest.done().get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("descendants of child {} may be left", spec.name(), e);
        }
    }

    ChildSpec spec() {
        return spec;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it was ended since nobody claimed it in time. */
    boolean isEndedUnclaimed() {
        return endedUnclaimed;
    }

    ChildOutput output() {
        return streams.output();
    }

    ErrorTail errors() {
        return streams.errors();
    }

    /** A copy, since whoever gets the original could complete it. */
    CompletableFuture<Integer> exit() {
        return exit.copy();
    }

    /**
     * Gives it to {@code handle}.
     *
     * @return false unless it is alive, not ending, and nobody holds it
     */
    synchronized boolean claim(Child handle) {
        if (holder != null || ending != null || !process.isAlive()) {
            return false;
        }
        hold(handle);
        return true;
    }

    /** Gives it to {@code handle}, dead or alive. */
    synchronized void hold(Child handle) {
        deadline.stop();
        holder = handle;
    }

    boolean isHeldBy(Child handle) {
        return holder == handle;
    }

    /** Does nothing when {@code handle} is a former one. */
    synchronized void release(Child handle) {
        if (holder != handle) {
            return;
        }
        holder = null;
        if (ending == null && process.isAlive()) {
            LOG.info("child {} waits to be claimed", spec.name());
            deadline.begin(this::endIfUnclaimed);
        }
    }

    private synchronized void endIfUnclaimed() {
        boolean unclaimed = holder == null && ending == null && process.isAlive();
        if (unclaimed && !deadline.isOver()) {
            return;
        }
        deadline.stop();
        if (unclaimed) {
            LOG.warn(
                    "child {} was not claimed for {} s and is ended",
                    spec.name(),
                    UNCLAIMED.toSeconds());
            endedUnclaimed = true;
            beginEnding(GRACE);
        }
    }

    /** Does nothing when {@code handle} is a former one. */
    synchronized void end(Child handle, Duration grace) {
        if (holder == handle) {
            beginEnding(grace);
        }
    }

    /** Whoever holds it. */
    synchronized void end(Duration grace) {
        beginEnding(grace);
    }

    /** For when there is no time left to wait. */
    synchronized void kill() {
        beginEnding(Duration.ZERO).killNow();
    }

    /** Guarded by "this". */
    private Ending beginEnding(Duration grace) {
        Ending current = ending;
        if (current == null) {
            current = new Ending(spec.name(), family, ticker, reserve);
            ending = current;
            current.begin(grace, timer);
        } else {
            current.hasten(grace);
        }
        return current;
    }

    /** Looks for new descendants; for the sampling thread. */
    void look(ProcessTree tree) {
        family.look(tree);
    }

    /** For the sampling thread. */
    void measure() {
        // One that could not be read would seem to have used all its time anew at the next look.
        family.read().ifPresent(read -> sample = sum.next(read, ticker.nanos()));
    }

    ChildUsage usage() {
        UsageSum.Sample latest = sample;
        return new ChildUsage(
                spec.name(),
                process.toHandle(),
                started,
                latest.memory(),
                Duration.ofNanos(latest.cpu()),
                latest.load(),
                holder != null);
    }
}
