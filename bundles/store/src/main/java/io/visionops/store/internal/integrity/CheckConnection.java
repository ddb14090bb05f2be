package io.visionops.store.internal.integrity;

import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.RowChecksum;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;

/** A connection of its own, so that no query waits for a check. */
final class CheckConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckConnection.class);

    /** Virtual machine steps between two looks: well under a millisecond. */
    private static final int STEPS = 10_000;

    private final Connection connection;

    /**
     * @param stopping ends a statement that runs
     */
    CheckConnection(Database database, BooleanSupplier stopping) throws SQLException {
        connection = database.openReader();
        try {
            RowChecksum.offerTo(connection);
            ProgressHandler.setHandler(
                    connection,
                    STEPS,
                    new ProgressHandler() {
                        @Override
                        protected int progress() {
                            return stopping.getAsBoolean() ? 1 : 0;
                        }
                    });
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing the connection of a check", e);
        }
    }
}
