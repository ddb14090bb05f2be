package io.visionops.health.internal.round;

import io.visionops.api.health.HealthStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Since when each check has the status that it has. Used by the thread of the rounds. */
public final class StatusTimes {

    /** A status and when it began. */
    public record Since(HealthStatus status, Instant since) {}

    private final Map<String, Since> known = new HashMap<>();

    Instant since(String check, HealthStatus status, Instant now) {
        Since before = known.get(check);
        if (before != null && before.status() == status) {
            return before.since();
        }
        known.put(check, new Since(status, now));
        return now;
    }
}
