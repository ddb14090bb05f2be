package io.visionops.health.internal.expected;

import io.visionops.api.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** For how long things have been missed, round after round. Used by one thread. */
final class Absences {

    private final Ticker ticker;
    private final Map<String, Long> missedAt = new HashMap<>();
    private final Set<String> missedNow = new HashSet<>();

    Absences(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Something is missed in this round; tells since when, without a break. */
    Duration missed(String what) {
        missedNow.add(what);
        long now = ticker.nanos();
        return Duration.ofNanos(now - missedAt.computeIfAbsent(what, unused -> now));
    }

    /** What was not missed in this round is there. */
    void endRound() {
        missedAt.keySet().retainAll(missedNow);
        missedNow.clear();
    }
}
