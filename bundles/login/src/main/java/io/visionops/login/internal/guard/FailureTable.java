package io.visionops.login.internal.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures in a row by name, of those who failed last; one lost counts from zero. Confined. */
final class FailureTable {

    private static final int MOST_NAMES = 1_000;

    private final Map<String, Failures> failures =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MOST_NAMES;
                }
            };

    @Nullable Failures of(String name) {
        return failures.get(name);
    }

    void put(String name, Failures latest) {
        failures.put(name, latest);
    }

    void clear(String name) {
        failures.remove(name);
    }

    int size() {
        return failures.size();
    }
}
