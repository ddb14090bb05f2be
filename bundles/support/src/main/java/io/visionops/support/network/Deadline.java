package io.visionops.support.network;

import io.visionops.api.time.Ticker;
import java.time.Duration;

/** A moment of the monotonic clock by which something must be done. */
public record Deadline(Ticker ticker, long nanos) {

    public static Deadline in(Ticker ticker, Duration time) {
        return new Deadline(ticker, ticker.nanos() + time.toNanos());
    }

    /** This, or sooner. */
    public Deadline atMost(Duration time) {
        long sooner = ticker.nanos() + time.toNanos();
        return sooner - nanos < 0 ? new Deadline(ticker, sooner) : this;
    }

    public boolean isPast() {
        return nanos - ticker.nanos() <= 0;
    }

    /** What is left, at least 1: sockets take 0 for ever. */
    public int millis() {
        long left = (nanos - ticker.nanos()) / 1_000_000;
        return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
    }
}
