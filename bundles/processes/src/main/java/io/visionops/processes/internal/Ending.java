package io.visionops.processes.internal;

import io.visionops.api.time.Ticker;
import io.visionops.support.fault.RepeatedTask;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a process and its family: TERM at once, KILL to what is left after a grace. What
 * outlives even that for two seconds (it hangs in the kernel) is given up: its KILL stays pending.
 * Thread-safe.
 */
final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);
    private static final long CHECK_MILLIS = 20;

    private final DescriptorReserve reserve;
    private final String name;
    private final ProcessFamily family;
    private final Ticker ticker;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** Of the ticker, in nanoseconds. Guarded by "this". */
    private long killAt;

    /** Guarded by "this". */
    private boolean killed;

    /** Guarded by "this". */
    private long killedAt;

    /** The last signal has reached all that live. Guarded by "this". */
    private boolean signalled;

    /** Guarded by "this". */
    private @Nullable ScheduledFuture<?> checks;

    Ending(String name, ProcessFamily family, Ticker ticker, DescriptorReserve reserve) {
        this.reserve = reserve;
        this.name = name;
        this.family = family;
        this.ticker = ticker;
    }

    /** Called once. */
    synchronized void begin(Duration grace, ScheduledExecutorService timer) {
        killAt = ticker.nanos() + grace.toNanos();
        signal(false);
        try {
            checks =
                    RepeatedTask.schedule(
                            timer,
                            "the end of child " + name,
                            Duration.ZERO,
                            Duration.ofMillis(CHECK_MILLIS),
                            this::check);
        } catch (RejectedExecutionException e) {
            killNow();
        }
    }

    /** Shortens the grace that is left; never prolongs it. */
    synchronized void hasten(Duration grace) {
        long at = ticker.nanos() + grace.toNanos();
        if (at - killAt < 0) {
            killAt = at;
        }
    }

    /** Completes when nothing lives any more, or is given up. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** For when there is no time left to wait. */
    synchronized void killNow() {
        kill();
        finish();
    }

    private synchronized void check() {
        if (done.isDone()) {
            return;
        }
        if (!family.isAlive()) {
            finish();
            return;
        }
        long late = ticker.nanos() - killAt;
        if (late >= 0 && !(killed && signalled)) {
            kill();
        } else if (late < 0 && !signalled) {
            signal(false);
        } else if (killed && ticker.nanos() - killedAt >= LAST_WAIT.toNanos()) {
            LOG.warn(
                    "child {} does not die of KILL: it hangs in the kernel, look at its disk or device",
                    name);
            finish();
        }
    }

    private void kill() {
        killed = true;
        signal(true);
        killedAt = ticker.nanos();
    }

    /**
     * Without a free file descriptor neither can processes be listed nor signals be sent: then this
     * is tried again at the next check, whose reserve may be enough.
     */
    private void signal(boolean kill) {
        signalled = trySignal(kill) || reserve.lend(() -> trySignal(kill));
    }

    private boolean trySignal(boolean kill) {
        boolean listed = look();
        return family.signal(kill) && listed;
    }

    /** Before the signal: once a parent is dead its children are no longer to be found. */
    private boolean look() {
        try {
            family.look(ProcessTree.now());
            return true;
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("descendants of child {} cannot be looked for", name, e);
            return false;
        }
    }

    private void finish() {
        if (checks != null) {
            checks.cancel(false);
        }
        done.complete(null);
    }
}
