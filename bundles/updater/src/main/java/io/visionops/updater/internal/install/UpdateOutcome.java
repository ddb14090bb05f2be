package io.visionops.updater.internal.install;

import java.util.Locale;

/** What becomes of an update; persisted and shown by its word. */
public enum UpdateOutcome {
    INSTALLED,
    ROLLED_BACK,
    DROPPED,
    FAILED;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
