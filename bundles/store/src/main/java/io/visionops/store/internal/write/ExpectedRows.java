package io.visionops.store.internal.write;

import io.visionops.api.journal.Fact;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** In which periods a camera was to be watched. */
final class ExpectedRows {

    static final String OPEN = "SELECT since FROM expected WHERE camera = ? AND until IS NULL";

    private final WriteConnection connection;
    private final Row row;

    ExpectedRows(WriteConnection connection, RowDigest digest) {
        this.connection = connection;
        this.row = new Row(connection, digest, "INSERT OR REPLACE", "expected", 4);
    }

    void set(Fact.Expected fact) throws SQLException {
        long time = fact.time().toEpochMilli();
        OptionalLong open = open(fact.camera());
        if (open.isPresent() && !fact.expected()) {
            write(fact.camera(), open.getAsLong(), Math.max(open.getAsLong(), time));
        } else if (fact.expected() && (open.isEmpty() || open.getAsLong() > time)) {
            // A clock that was set back starts an open period earlier, but not a second one.
            if (open.isPresent()) {
                delete(fact.camera(), open.getAsLong());
            }
            write(fact.camera(), time, null);
        }
    }

    private OptionalLong open(String camera) throws SQLException {
        PreparedStatement select = connection.prepared(OPEN);
        select.setString(1, camera);
        try (ResultSet found = select.executeQuery()) {
            return found.next() ? OptionalLong.of(found.getLong(1)) : OptionalLong.empty();
        }
    }

    private void delete(String camera, long since) throws SQLException {
        PreparedStatement delete =
                connection.prepared("DELETE FROM expected WHERE camera = ? AND since = ?");
        delete.setString(1, camera);
        delete.setLong(2, since);
        delete.executeUpdate();
    }

    private void write(String camera, long since, @Nullable Long until) throws SQLException {
        row.start().text(camera).integer(since);
        if (until == null) {
            row.none();
        } else {
            row.integer(until);
        }
        row.write();
    }
}
