package io.visionops.store.internal.integrity;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.store.internal.sqlite.Faults;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Some rows of a table that were compared with their checksums, in one short read transaction.
 *
 * @param rows how many
 * @param last key of the last one; empty when the table ends with it, or cannot be read on
 * @param damage rows whose checksum does not hold, and where the table cannot be read
 */
record RowBatch(int rows, List<Object> last, List<IntegrityDamage> damage) {

    /** Some milliseconds. */
    static final int ROWS = 1_000;

    RowBatch {
        last = List.copyOf(last);
        damage = List.copyOf(damage);
    }

    /**
     * Reads the next rows.
     *
     * @param connection that knows {@code row_sha256}
     * @param after key of the last row of the batch before; empty at the start
     * @throws SQLException for another reason than damage
     */
    static RowBatch read(Connection connection, CheckedTable table, List<Object> after)
            throws SQLException {
        List<IntegrityDamage> damage = new ArrayList<>();
        List<Object> last = after;
        int count = 0;
        try (PreparedStatement statement =
                connection.prepareStatement(after.isEmpty() ? table.fromStart() : table.after())) {
            int parameter = 0;
            for (Object value : after) {
                statement.setObject(++parameter, value);
            }
            statement.setInt(++parameter, ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<Object> key = new ArrayList<>();
                    for (int i = 1; i <= table.key().size(); i++) {
                        Object value = rows.getObject(i);
                        key.add(value == null ? "" : value);
                    }
                    if (rows.getInt(table.key().size() + 1) != 1) {
                        damage.add(
                                new IntegrityDamage(
                                        table.name(),
                                        words(table, key),
                                        "its checksum does not hold"));
                    }
                    last = key;
                    count++;
                }
            }
        } catch (SQLException e) {
            if (!Faults.isDamaged(e)) {
                throw e;
            }
            String place = last.isEmpty() ? "" : "after " + words(table, last);
            damage.add(new IntegrityDamage(table.name(), place, Faults.inWords(e)));
        }
        // A damaged key may lead back: behind damage a table is not read on.
        boolean over = count < ROWS || !damage.isEmpty();
        return new RowBatch(count, over ? List.of() : last, damage);
    }

    private static String words(CheckedTable table, List<Object> key) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < key.size(); i++) {
            Object value = key.get(i);
            words.append(i == 0 ? "" : ", ")
                    .append(table.key().get(i))
                    .append('=')
                    .append(
                            value instanceof byte[] bytes
                                    ? HexFormat.of().formatHex(bytes)
                                    : value.toString().replaceAll("\\p{Cntrl}", "?"));
        }
        return words.toString();
    }
}
