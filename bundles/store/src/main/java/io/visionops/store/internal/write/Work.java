package io.visionops.store.internal.write;

import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.SQLException;

/** What the writer does for somebody inside a transaction; may be done again after a rollback. */
@FunctionalInterface
public interface Work {

    void run(WriteConnection connection) throws SQLException;
}
