package io.visionops.store.internal.integrity;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.Schema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * SQLite's own check of the file: pages, order of keys, and each index against its table; and the
 * words that say what tables there are, which that does not see. The file is read in its order
 * first. One transaction that reads, about three seconds a gigabyte.
 *
 * <p>By a connection that has not looked into the index of words: one that has remembers what that
 * was made of, and takes it for damaged when the writer has merged its parts since (SQLite 3.54).
 */
final class StructureCheck {

    private static final int NAMED = 20;

    private StructureCheck() {}

    /**
     * @param stopping ends it
     */
    static List<IntegrityDamage> of(Database database, BooleanSupplier stopping)
            throws IOException, SQLException {
        database.readAhead();
        try (CheckConnection fresh = new CheckConnection(database, stopping)) {
            return of(fresh.connection());
        }
    }

    private static List<IntegrityDamage> of(Connection connection) throws SQLException {
        List<IntegrityDamage> damage = new ArrayList<>();
        for (String name : Schema.damaged(connection)) {
            damage.add(
                    new IntegrityDamage(name, "", "what the file says of its form is not right"));
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check(" + NAMED + ")")) {
            while (rows.next()) {
                String said = rows.getString(1).replaceAll("\\s+", " ").strip();
                if (!said.equals("ok")) {
                    damage.add(new IntegrityDamage("", "", said));
                }
            }
        } catch (SQLException e) {
            if (!Faults.isDamaged(e)) {
                throw e;
            }
            damage.add(new IntegrityDamage("", "", Faults.inWords(e)));
        }
        return damage;
    }
}
