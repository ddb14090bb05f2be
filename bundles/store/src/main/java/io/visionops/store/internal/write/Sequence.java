package io.visionops.store.internal.write;

import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Keys that lie in the order of time: milliseconds since 1970 times 2^20, plus a number. */
public final class Sequence {

    private static final int BITS = 20;

    /** The end of the times that can be stored, in milliseconds: in the year 2109. */
    public static final long LAST = (1L << 42) - 1;

    private final WriteConnection connection;
    private final String highest;

    Sequence(WriteConnection connection, String table) {
        this.connection = connection;
        this.highest = "SELECT max(seq) FROM " + table + " WHERE seq >= ? AND seq < ?";
    }

    /** The smallest key of a time; times out of range get the smallest or largest key there is. */
    public static long first(long time) {
        return Math.max(0, Math.min(time, LAST)) << BITS;
    }

    /** The time, in milliseconds, that a key was made of. */
    public static long time(long key) {
        return key >> BITS;
    }

    /** A key that is not taken yet. */
    long next(long time) throws SQLException {
        if (time < 0 || time >= LAST) {
            throw new IllegalArgumentException("time " + time + " ms is not within 1970..2109");
        }
        PreparedStatement statement = connection.prepared(highest);
        statement.setLong(1, first(time));
        statement.setLong(2, first(time + 1));
        try (ResultSet row = statement.executeQuery()) {
            long taken = row.next() ? row.getLong(1) : 0;
            return taken == 0 ? first(time) : taken + 1;
        }
    }
}
