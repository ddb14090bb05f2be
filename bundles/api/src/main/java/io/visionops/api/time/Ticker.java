package io.visionops.api.time;

/** The monotonic clock: what durations are measured with. */
@FunctionalInterface
public interface Ticker {

    /** Nanoseconds since an arbitrary origin; never goes back. */
    long nanos();

    /** The clock of this machine. */
    static Ticker system() {
        return System::nanoTime;
    }
}
