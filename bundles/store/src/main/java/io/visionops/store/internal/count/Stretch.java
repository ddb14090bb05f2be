package io.visionops.store.internal.count;

import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.write.Unit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * What is read at once: rows of one unit, of one interval or of several that follow each other.
     *
     * @param from milliseconds since 1970
     * @param to exclusive
     */
    record Piece(Unit unit, long from, long to) {}

    /** All that rows of these intervals are added up from, in as few pieces as can be. */
    static List<Piece> of(Intervals intervals) throws SQLException {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < intervals.count(); i++) {
            // A minute that the first row begins in is counted whole: no crossing is lost.
            split(
                    Unit.MINUTE.start(intervals.startOf(i)),
                    intervals.endOf(i),
                    (unit, from, to) -> join(pieces, new Piece(unit, from, to)));
        }
        return pieces;
    }

    /** Takes a row of a piece. */
    @FunctionalInterface
    interface Rows {

        /**
         * @param index of the interval that it is counted in
         * @param row whose first column is when its unit begins
         */
        void add(int index, ResultSet row) throws SQLException;
    }

    /**
     * Reads the rows of all pieces.
     *
     * @param minutes selects rows by minute; its last parameters are from and to, as of {@code
     *     days}
     * @param key the parameters before these
     */
    static void read(
            Reader reader,
            Intervals intervals,
            List<Piece> pieces,
            String minutes,
            String days,
            List<Object> key,
            Rows rows)
            throws SQLException {
        for (Piece piece : pieces) {
            List<Object> parameters = new ArrayList<>(key);
            parameters.add(piece.from());
            parameters.add(piece.to());
            String sql = piece.unit() == Unit.DAY ? days : minutes;
            try (ResultSet row = reader.prepared(sql, parameters).executeQuery()) {
                while (row.next()) {
                    rows.add(intervals.indexOf(row.getLong(1)), row);
                }
            }
        }
    }

    private static void join(List<Piece> pieces, Piece next) {
        int last = pieces.size() - 1;
        boolean follows =
                last >= 0
                        && pieces.get(last).unit() == next.unit()
                        && pieces.get(last).to() == next.from();
        if (follows) {
            pieces.set(last, new Piece(next.unit(), pieces.get(last).from(), next.to()));
        } else {
            pieces.add(next);
        }
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
