package io.visionops.health.internal.heartbeat;

import io.visionops.api.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tells the watchdog every three seconds how far the work is, and brings back a watchdog that is
 * gone or hangs. {@link #round} is called every second, by one thread.
 */
final class Heartbeats {

    static final Duration EVERY = Duration.ofSeconds(3);

    /** One that is started again by systemd or by a person comes back sooner. */
    private static final Duration MISSED = Duration.ofSeconds(2);

    private static final Duration LEFT_TO_SYSTEMD = Duration.ofSeconds(30);

    /** After a start, as long is waited for the next. */
    private static final Duration AGAIN = Duration.ofSeconds(20);

    /** The process at the other end. */
    interface Watchdog {

        /** Ends one that lives and does not answer. */
        void endHung();

        /** Starts another, which takes this program over as it runs. */
        void start();
    }

    private final WatchdogLink link;
    private final Supplier<String> line;
    private final Watchdog process;
    private final Duration patience;
    private final Ticker ticker;
    private long told;
    private long startedAt;
    private boolean started;

    /** When it last answered; read by the check. */
    private volatile long answered;

    /**
     * @param line of the next heartbeat
     * @param bySystemd somebody else starts the watchdog again
     */
    Heartbeats(
            WatchdogLink link,
            Supplier<String> line,
            Watchdog process,
            boolean bySystemd,
            Ticker ticker) {
        this.link = link;
        this.line = line;
        this.process = process;
        this.patience = bySystemd ? LEFT_TO_SYSTEMD : MISSED;
        this.ticker = ticker;
        answered = ticker.nanos();
        told = answered - EVERY.toNanos();
    }

    /** Tells, where it is time for that. */
    void round() {
        long now = ticker.nanos();
        if (now - told < EVERY.toNanos() && told <= answered) {
            return;
        }
        told = now;
        try {
            link.tell(line.get());
            answered = ticker.nanos();
            started = false;
        } catch (IOException e) {
            bringBack();
        }
    }

    private void bringBack() {
        long now = ticker.nanos();
        boolean wait = started && now - startedAt < AGAIN.toNanos();
        if (!wait && now - answered > patience.toNanos()) {
            process.endHung();
            process.start();
            started = true;
            startedAt = now;
        }
    }

    /** Says that no heartbeat comes for a while; nobody may be there to hear it. */
    void pause(Duration length) {
        try {
            link.tell("pause " + length.toSeconds());
            link.close();
        } catch (IOException gone) {
            // Then it does not wait for heartbeats either.
            return;
        }
    }

    /** Has the program started again in order, once what is to be saved is saved. */
    void restart(String reason) throws IOException {
        link.tell("restart " + reason);
    }

    /** As {@link #restart}, with the fewest parts. */
    void safeMode(String reason) throws IOException {
        link.tell("safe-mode " + reason);
    }

    /** Since the watchdog answered. */
    Duration silence() {
        return Duration.ofNanos(ticker.nanos() - answered);
    }
}
