package io.visionops.support.breaker;

import java.time.Duration;
import java.util.Optional;

/**
 * A breaker at one moment.
 *
 * @param call what it guards
 * @param failures since it was made
 * @param cause of the last failure; empty while the call works
 * @param untilNextTry zero when a call may be made
 */
public record BreakerStatus(
        String call, State state, long failures, Optional<String> cause, Duration untilNextTry) {

    /** As in the metric {@code visionops_breaker_state}, by their order. */
    public enum State {
        /** Calls are made. */
        CLOSED,
        /** One call is made to see whether it works again. */
        HALF_OPEN,
        /** No call is made. */
        OPEN
    }

    /** Whether the call failed so often that it is not made, or made only to see. */
    public boolean isTripped() {
        return state != State.CLOSED;
    }

    /** In one line for a person. */
    public String words() {
        String why = cause.map(words -> ": " + words).orElse("");
        return switch (state) {
            case CLOSED -> call + " works" + why;
            case HALF_OPEN -> call + " is being tried again" + why;
            case OPEN ->
                    call
                            + " keeps failing"
                            + why
                            + "; next try "
                            + (untilNextTry.isZero()
                                    ? "with the next call"
                                    : "in " + seconds(untilNextTry) + " s");
        };
    }

    private static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
