package io.visionops.api.query;

import java.time.Instant;
import java.util.Optional;

/**
 * Which counts to read; empty means any.
 *
 * @param area name of a line or a zone
 * @param from inclusive, rounded down to the interval; empty: from the first record on
 * @param to exclusive; empty: up to now, or to the last record where that is later
 */
public record CountQuery(
        Optional<String> camera,
        Optional<String> area,
        Optional<String> label,
        Optional<Instant> from,
        Optional<Instant> to,
        Interval interval) {

    /** Length of the rows, aligned to UTC. */
    public enum Interval {
        MINUTE("1m", 60),
        QUARTER("15m", 900),
        HOUR("1h", 3600),
        DAY("1d", 86400),
        /** One row for the whole time. */
        ALL("all", 0);

        private final String word;
        private final long seconds;

        Interval(String word, long seconds) {
            this.word = word;
            this.seconds = seconds;
        }

        public String word() {
            return word;
        }

        /** 0 for {@link #ALL}. */
        public long seconds() {
            return seconds;
        }
    }
}
