package io.visionops.health.internal.round;

import io.visionops.api.health.HealthResult;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The last results of each check, in memory. Thread-safe. */
public final class CheckHistory {

    /** Results of a check: eight hours at the usual interval. */
    public static final int KEPT = 1_000;

    /** Checks that are remembered: a part that gives each of them another name fills no memory. */
    private static final int CHECKS = 500;

    private final Map<String, Ring> rings = new ConcurrentHashMap<>();

    void add(CheckResult result, Instant time) {
        if (rings.size() < CHECKS || rings.containsKey(result.name())) {
            rings.computeIfAbsent(result.name(), unused -> new Ring())
                    .add(new HealthResult(time, result.status(), result.cause(), result.took()));
        }
    }

    /** Newest first. */
    List<HealthResult> of(String check) {
        Ring ring = rings.get(check);
        return ring == null ? List.of() : ring.list();
    }

    /** The results of one check. */
    private static final class Ring {

        /** Newest first. Guarded by "this", which is held for a copy at most. */
        private final Deque<HealthResult> results = new ArrayDeque<>();

        synchronized void add(HealthResult result) {
            results.addFirst(result);
            if (results.size() > KEPT) {
                results.removeLast();
            }
        }

        synchronized List<HealthResult> list() {
            return List.copyOf(results);
        }
    }
}
