package io.visionops.support.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.visionops.api.time.Ticker;
import io.visionops.support.breaker.BreakerStatus.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker around one outside call, with the configuration that all of ours have. A call
 * that fails too often is not made for a while; then one call is made as a probe, and decides.
 * There is no thread and no timer: the probe is the next call that somebody wants to make. Waits go
 * by the monotonic clock. Thread-safe.
 */
public final class Breaker {

    private final String call;
    private final BreakerPolicy policy;
    private final IntervalFunction waits;
    private final Ticker ticker;
    private final CircuitBreaker circuit;

    /** Guarded by "this". */
    private State state = State.CLOSED;

    /** Times that it has opened since it was closed. Guarded by "this". */
    private int opened;

    /** When the wait began, or the probe. Guarded by "this". */
    private long since;

    /** Guarded by "this". */
    private long failures;

    /** Guarded by "this". */
    private @Nullable String cause;

    /**
     * @param call what it guards, for the meters and in words
     */
    public Breaker(String call, BreakerPolicy policy, Ticker ticker) {
        this.call = call;
        this.policy = policy;
        this.ticker = ticker;
        this.waits =
                IntervalFunction.ofExponentialBackoff(
                        policy.firstWait(), 2.0, policy.longestWait());
        this.circuit =
                CircuitBreaker.of(
                        call,
                        CircuitBreakerConfig.custom()
                                .slidingWindowType(
                                        CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                                .slidingWindowSize(policy.failures())
                                .minimumNumberOfCalls(policy.failures())
                                .failureRateThreshold(100)
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .waitIntervalFunctionInOpenState(waits)
                                .clock(new MonotonicClock(ticker))
                                .build());
    }

    /** What it guards. */
    public String name() {
        return call;
    }

    /** Whether a call may be made now. */
    public synchronized boolean mayCall() {
        loseProbe();
        return state == State.CLOSED || (state == State.OPEN && untilNextTry() <= 0);
    }

    /**
     * Asks to make a call; whoever may then says how it ended, by {@link #succeeded}, {@link
     * #failed} or {@link #cancelled}.
     */
    public synchronized boolean tryAcquire() {
        loseProbe();
        boolean may = circuit.tryAcquirePermission();
        follow();
        return may;
    }

    /** The call that was made works. */
    public synchronized void succeeded() {
        circuit.onSuccess(0, TimeUnit.NANOSECONDS);
        follow();
        if (state == State.CLOSED) {
            cause = null;
        }
    }

    /** The call that was made failed. */
    public synchronized void failed(Throwable why) {
        note(why);
        circuit.onError(0, TimeUnit.NANOSECONDS, why);
        follow();
    }

    /** The call that was made failed in a way that need not be seen twice. */
    public synchronized void trip(Throwable why) {
        note(why);
        circuit.onError(0, TimeUnit.NANOSECONDS, why);
        if (circuit.getState() != CircuitBreaker.State.OPEN) {
            circuit.transitionToOpenState();
        }
        follow();
    }

    /** Nobody knows how the call would have ended. */
    public synchronized void cancelled() {
        circuit.releasePermission();
        follow();
    }

    /**
     * Makes a call, unless it failed too often before.
     *
     * @throws CallRefusedException when it is not made
     * @throws Exception what the call throws
     */
    public <T> T call(Callable<T> outside) throws Exception {
        if (!tryAcquire()) {
            throw new CallRefusedException(status().words());
        }
        boolean known = false;
        try {
            T result = outside.call();
            known = true;
            succeeded();
            return result;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            known = true;
            failed(e);
            throw e;
        } finally {
            if (!known) {
                cancelled();
            }
        }
    }

    /** How it is now. */
    public synchronized BreakerStatus status() {
        loseProbe();
        // Without the nanosecond.
        long left = state == State.OPEN ? Math.max(0, untilNextTry() - 1) : 0;
        return new BreakerStatus(
                call, state, failures, Optional.ofNullable(cause), Duration.ofNanos(left));
    }

    /**
     * A probe that does not come back has failed. The library would do that by a timer of its own,
     * which goes by another clock and keeps the classes of a part that was replaced. Guarded by
     * "this".
     */
    private void loseProbe() {
        if (state == State.HALF_OPEN && ticker.nanos() - since >= policy.probeLimit().toNanos()) {
            failures++;
            circuit.transitionToOpenState();
            follow();
        }
    }

    /** Guarded by "this". */
    private void note(Throwable why) {
        failures++;
        cause = why.getMessage() == null ? why.toString() : why.getMessage();
    }

    /** The library waits until its clock is past the end of the wait. Guarded by "this". */
    private long untilNextTry() {
        long waited = ticker.nanos() - since;
        return TimeUnit.MILLISECONDS.toNanos(waits.apply(opened)) - waited + 1;
    }

    /** Takes over what the library makes of a call. Guarded by "this". */
    private void follow() {
        State now =
                switch (circuit.getState()) {
                    case OPEN, FORCED_OPEN -> State.OPEN;
                    case HALF_OPEN -> State.HALF_OPEN;
                    case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
                };
        if (now == state) {
            return;
        }
        state = now;
        since = ticker.nanos();
        if (now == State.OPEN) {
            opened++;
        } else if (now == State.CLOSED) {
            opened = 0;
        }
    }
}
