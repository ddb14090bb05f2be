package io.visionops.health.internal.round;

import io.visionops.api.health.HealthStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Since when each check has the status that it has. Used by the thread of the rounds. */
public final class StatusTimes {

    /** A status and when it began. */
    public record Since(HealthStatus status, Instant since) {}

    private final Map<String, Since> known;
    private boolean changed;

    /**
     * @param left by the part's last run
     */
    public StatusTimes(Map<String, Since> left) {
        known = new HashMap<>(left);
    }

    /** What a check has been up to now; empty for one that is new. */
    Optional<Since> before(String check) {
        return Optional.ofNullable(known.get(check));
    }

    Instant since(String check, HealthStatus status, Instant now) {
        Since before = known.get(check);
        if (before != null && before.status() == status) {
            return before.since();
        }
        known.put(check, new Since(status, now));
        changed = true;
        return now;
    }

    /** Forgets all others. */
    void retain(Set<String> checks) {
        changed |= known.keySet().retainAll(checks);
    }

    /** All of them, where something has changed since the last call. */
    public Optional<Map<String, Since>> changes() {
        Optional<Map<String, Since>> all =
                changed ? Optional.of(Map.copyOf(known)) : Optional.empty();
        changed = false;
        return all;
    }
}
