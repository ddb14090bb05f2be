package io.visionops.store.internal.write;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Cuts stretches of time at full minutes of UTC. */
final class Minutes {

    /** Nobody journals more at once; such a stretch is a fault of its writer. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private Minutes() {}

    /** What is done with a piece. */
    @FunctionalInterface
    interface Piece {

        /**
         * Takes a piece.
         *
         * @param minute in which it lies, by its start
         * @param length milliseconds, 1..60000
         */
        void take(long minute, long length) throws SQLException;
    }

    /**
     * Hands over the pieces in order. The ends are rounded, not the length, so that nothing is lost
     * between stretches that follow each other.
     */
    static void split(Instant from, Duration length, Piece piece) throws SQLException {
        if (length.isNegative() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a stretch of " + length + ": from 0 to one day is allowed");
        }
        long start = from.toEpochMilli();
        long end = from.plus(length).toEpochMilli();
        while (start < end) {
            long minute = Unit.MINUTE.start(start);
            long next = Math.min(minute + Unit.MINUTE.length(), end);
            piece.take(minute, next - start);
            start = next;
        }
    }
}
