package io.visionops.login.internal.guard;

import io.visionops.support.throttle.FailedAttempts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures in a row by name, of those who failed last; one lost counts from zero. Confined. */
final class FailureTable {

    private static final int MOST_NAMES = 1_000;

    private final Map<String, FailedAttempts> failures =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, FailedAttempts> eldest) {
                    return size() > MOST_NAMES;
                }
            };

    @Nullable FailedAttempts of(String name) {
        return failures.get(name);
    }

    void put(String name, FailedAttempts latest) {
        failures.put(name, latest);
    }

    void clear(String name) {
        failures.remove(name);
    }

    int size() {
        return failures.size();
    }
}
