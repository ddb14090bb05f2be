package io.visionops.health.internal.alert;

import java.util.List;

/**
 * What is told at once of the alerts of one rule.
 *
 * @param leftOut changes of them that were not told one by one
 */
record Notification(What what, Rule rule, List<OpenAlert> alerts, int leftOut) {

    /** The most pressing first. */
    enum What {
        FIRING("firing"),
        /** Nobody has acknowledged it for long. */
        ESCALATED("escalated"),
        /** It is about more than what was told. */
        GREW("grew"),
        RESOLVED("resolved"),
        /** Some have come and gone while there was no room to tell of them. */
        SUPPRESSED("suppressed");

        private final String word;

        What(String word) {
            this.word = word;
        }

        /** Persisted. */
        String word() {
            return word;
        }
    }
}
