package io.visionops.support.breaker;

import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The monotonic clock in the form that the library wants. With the wall clock a breaker would stay
 * open for a day after the clock was set back by one.
 */
final class MonotonicClock extends Clock {

    private final Ticker ticker;

    MonotonicClock(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(ticker.nanos());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
