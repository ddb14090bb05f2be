package io.visionops.testkit;

import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock and a monotonic one that move only when a test says so. Thread-safe. */
public final class ManualClock extends Clock implements Ticker {

    /** Guarded by "this". */
    private Instant now;

    /** Guarded by "this". */
    private long nanos;

    public ManualClock(Instant start) {
        this.now = start;
    }

    /** Moves both clocks. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
        nanos += by.toNanos();
    }

    /** Sets the wall clock alone, as a time server or a person would. */
    public synchronized void jump(Duration by) {
        now = now.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
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
