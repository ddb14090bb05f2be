package io.visionops.launcher.watchdog;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One entry of the record of restarts.
 *
 * @param id by which it is imported into the database once
 * @param time of the wall clock, for people
 * @param status the Java machine's exit status; -1 when it is not known or not ended
 * @param ran how long the Java machine had run
 */
public record Restart(
        UUID id, Instant time, Boot boot, What what, String reason, int status, Duration ran) {

    /** What happened. */
    public enum What {
        /** The Java machine was started. */
        STARTED("started"),
        /** It was started with the fewest parts, since it had crashed too often. */
        SAFE_MODE("safe-mode"),
        /** The watchdog came back and found it running. */
        ADOPTED("adopted"),
        /** It ended by itself, or was killed. */
        CRASHED("crashed"),
        /** It made no progress and was ended. */
        HUNG("hung"),
        /**
         * What had crashed or hung just before was a release on trial, which is not started again.
         */
        GONE_BACK("gone-back"),
        /** It was ended to be started again, by its own wish. */
        PLANNED("planned"),
        /** It was ended for good, by somebody's wish. */
        STOPPED("stopped");

        private final String word;

        What(String word) {
            this.word = word;
        }

        /** Stored and shown by this word. */
        public String word() {
            return word;
        }

        boolean isCrash() {
            return this == CRASHED || this == HUNG;
        }
    }

    static Restart now(What what, String reason, int status, Duration ran) {
        return new Restart(UUID.randomUUID(), Instant.now(), Boot.now(), what, reason, status, ran);
    }
}
