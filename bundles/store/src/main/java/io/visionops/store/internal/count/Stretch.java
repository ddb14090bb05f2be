package io.visionops.store.internal.count;

import io.visionops.store.internal.write.Unit;
import java.sql.SQLException;

/** Cuts a stretch of time for adding up: whole days by their sums, the rest by its minutes. */
final class Stretch {

    private Stretch() {}

    /** Adds up a piece. */
    @FunctionalInterface
    interface Sum {

        /**
         * Adds a piece.
         *
         * @param from milliseconds since 1970; for days, the beginning of one
         * @param to exclusive, likewise
         */
        void add(Unit unit, long from, long to) throws SQLException;
    }

    static void split(long from, long to, Sum sum) throws SQLException {
        long firstDay = Unit.DAY.start(from + Unit.DAY.length() - 1);
        long end = Unit.DAY.start(to);
        if (firstDay < end) {
            addMinutes(from, firstDay, sum);
            sum.add(Unit.DAY, firstDay, end);
            addMinutes(end, to, sum);
        } else {
            addMinutes(from, to, sum);
        }
    }

    private static void addMinutes(long from, long to, Sum sum) throws SQLException {
        if (from < to) {
            sum.add(Unit.MINUTE, from, to);
        }
    }
}
