package io.visionops.store.internal.read;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.store.internal.sqlite.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows that are given out one by one are compared with their checksums on the way, which costs some
 * microseconds each. Sums are not: they are of half a million rows a year, and the hourly pass
 * reads those.
 */
final class SoundRow {

    private SoundRow() {}

    /**
     * A column that is 1 where the checksum of the row holds.
     *
     * @param prefix of the columns, such as {@code e.}; may be empty
     * @param columns of the table, in its order
     */
    static String column(String table, String prefix, List<String> columns) {
        return prefix
                + "sha256 IS row_sha256('"
                + table
                + "', "
                + columns.stream().map(one -> prefix + one).collect(Collectors.joining(", "))
                + ")";
    }

    /**
     * Whether the row may be given out; one that is damaged is told to who checks the database.
     *
     * @param column the one above
     */
    static boolean is(Reader reader, ResultSet row, int column, String table, long seq)
            throws SQLException {
        if (row.getInt(column) == 1) {
            return true;
        }
        reader.damaged(new IntegrityDamage(table, "seq=" + seq, "its checksum does not hold"));
        return false;
    }
}
