package io.visionops.launcher.watchdog;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says when the Java machine hangs: no heartbeat, or a counter that stands still for longer than it
 * may. All times are of the monotonic clock, in nanoseconds: steps of the wall clock are not seen.
 * Thread-safe.
 */
public final class ProgressJudge {

    /** Beyond it, heartbeats are late themselves and say nothing of their counters. */
    private static final Duration LATE = Duration.ofSeconds(7);

    /** Whoever looks so late was itself held up and knows nothing of the time before. */
    private static final Duration HELD_UP = Duration.ofSeconds(3);

    private final Duration hang;
    private final Duration boot;

    private final Map<String, Counter> counters = new HashMap<>();
    private long began;
    private long lastBeat;
    private long looked;
    private boolean heard;
    private long pausedUntil;

    /**
     * @param hang how long a heartbeat may stay away
     * @param boot how long the first one may take
     */
    public ProgressJudge(Duration hang, Duration boot) {
        this.hang = hang;
        this.boot = boot;
    }

    private record Counter(long value, Duration limit, long changed) {

        Counter after(Heartbeat.Progress told, long now) {
            boolean moved = told.value() != value || limit.isZero();
            return new Counter(told.value(), told.limit(), moved ? now : changed);
        }

        Counter later(long nanos) {
            return new Counter(value, limit, changed + nanos);
        }

        boolean standsStill(long now) {
            return !limit.isZero() && now - changed > limit.toNanos();
        }
    }

    /** A Java machine was started, or found running. */
    public synchronized void begin(long now) {
        counters.clear();
        began = now;
        lastBeat = now;
        looked = now;
        pausedUntil = now;
        heard = false;
    }

    /** It told how far it is. */
    public synchronized void beat(Heartbeat beat, long now) {
        heard = true;
        lastBeat = now;
        pausedUntil = now;
        counters.keySet().retainAll(beat.counters().keySet());
        beat.counters()
                .forEach(
                        (name, told) ->
                                counters.merge(
                                        name,
                                        new Counter(told.value(), told.limit(), now),
                                        (known, fresh) -> known.after(told, now)));
    }

    /** It said that it will not tell anything for a while: the part that tells is replaced. */
    public synchronized void pause(Duration length, long now) {
        lastBeat = now;
        pausedUntil = now + length.toNanos();
    }

    /** Has told something since it was begun? */
    public synchronized boolean isHeard() {
        return heard;
    }

    /** Why it is taken for hung, in one line; empty while it goes on. To be asked every second. */
    public synchronized Optional<String> verdict(long now) {
        long held = now - looked;
        looked = now;
        if (held > HELD_UP.toNanos()) {
            forgive(held);
        }
        if (!heard) {
            return now - began > boot.toNanos()
                    ? Optional.of("did not come up within " + boot.toSeconds() + " s")
                    : Optional.empty();
        }
        if (now < pausedUntil) {
            return Optional.empty();
        }
        long silent = now - Math.max(lastBeat, pausedUntil);
        if (silent > hang.toNanos()) {
            return Optional.of("no heartbeat for " + Duration.ofNanos(silent).toSeconds() + " s");
        }
        if (silent > LATE.toNanos()) {
            return Optional.empty();
        }
        return counters.entrySet().stream()
                .filter(counter -> counter.getValue().standsStill(now))
                .map(
                        counter ->
                                "no progress of "
                                        + counter.getKey()
                                        + " for "
                                        + Duration.ofNanos(now - counter.getValue().changed())
                                                .toSeconds()
                                        + " s")
                .sorted()
                .findFirst();
    }

    private void forgive(long nanos) {
        began += nanos;
        lastBeat += nanos;
        pausedUntil += nanos;
        counters.replaceAll((name, counter) -> counter.later(nanos));
    }
}
