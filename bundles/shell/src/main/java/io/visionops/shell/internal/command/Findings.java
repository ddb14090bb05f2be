package io.visionops.shell.internal.command;

import io.visionops.shell.internal.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The reasons for the overall word of {@code status}; the worst one decides. */
final class Findings {

    /** The overall words, from good to bad. */
    enum Level {
        WELL,
        DEGRADED,
        CRITICAL
    }

    private final List<String> reasons = new ArrayList<>();
    private Level worst = Level.WELL;

    void add(Level level, String reason) {
        reasons.add(Plain.line(reason));
        if (level.compareTo(worst) > 0) {
            worst = level;
        }
    }

    String word() {
        return worst.name().toLowerCase(Locale.ROOT);
    }

    List<String> reasons() {
        return List.copyOf(reasons);
    }
}
