package io.visionops.updater.internal.generation;

import java.util.Locale;

/** How far the change from one generation to another is, as the watchdog has to know it. */
public enum Phase {
    /** The active generation runs, and nothing is under way. */
    SETTLED,
    /**
     * The candidate runs and has not proven itself. Where the program ends like this, the watchdog
     * goes back.
     */
    TRYING,
    /** The watchdog is to go back to the active generation at its next start. */
    GOING_BACK;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Phase of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
