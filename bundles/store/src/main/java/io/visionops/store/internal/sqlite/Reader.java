package io.visionops.store.internal.sqlite;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.api.time.Ticker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.sqlite.ProgressHandler;

/** A connection that only reads. Used by one thread at a time. */
public final class Reader implements AutoCloseable {

    /** Virtual machine steps between two looks at the clock: well under a millisecond. */
    private static final int STEPS = 10_000;

    private static final int STATEMENTS = 64;

    private final Connection connection;
    private final Ticker ticker;
    private final BooleanSupplier stopping;
    private final Map<String, PreparedStatement> statements =
            new LinkedHashMap<>(STATEMENTS, 0.75f, true);
    private final SlowQueries slow;
    private final Consumer<IntegrityDamage> damaged;
    private long deadline;

    /** Whose time is being taken; empty between two transactions. */
    private String running = "";

    private long runningSince;

    Reader(
            Connection connection,
            Ticker ticker,
            BooleanSupplier stopping,
            SlowQueries slow,
            Consumer<IntegrityDamage> damaged)
            throws SQLException {
        this.connection = connection;
        this.damaged = damaged;
        this.slow = slow;
        this.ticker = ticker;
        this.stopping = stopping;
        RowChecksum.offerTo(connection);
        ProgressHandler.setHandler(connection, STEPS, new Deadline());
    }

    /** Everything up to {@link #end} sees one state of the database. */
    void begin(long deadlineNanos) throws SQLException {
        deadline = deadlineNanos;
        prepared("BEGIN").execute();
    }

    void end() throws SQLException {
        prepared("COMMIT").execute();
        timed("");
    }

    /** The connection as it is, within a transaction. */
    public Connection connection() {
        return connection;
    }

    /** The time from one statement to the next is that of the former. */
    private void timed(String next) {
        long now = ticker.nanos();
        if (!running.isEmpty()) {
            slow.add(running, now - runningSince);
        }
        running = next;
        runningSince = now;
    }

    /** What was running when the transaction failed counts too. */
    void failed() {
        timed("");
    }

    /**
     * The statement of this text with its parameters set, prepared once; close the results, not the
     * statement.
     */
    public PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        return prepared(sql, List.of(parameters));
    }

    /** Likewise. */
    public PreparedStatement prepared(String sql, List<?> parameters) throws SQLException {
        timed(sql.equals("BEGIN") || sql.equals("COMMIT") ? "" : sql);
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            if (statements.size() > STATEMENTS) {
                String oldest = statements.keySet().iterator().next();
                statements.remove(oldest).close();
            }
        }
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        return statement;
    }

    /** Something was read that is not what was written. */
    public void damaged(IntegrityDamage damage) {
        damaged.accept(damage);
    }

    /** The deadline has passed, and with it the query was ended. */
    public boolean isOverdue() {
        return ticker.nanos() - deadline >= 0;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Ends a query that takes too long; called by the thread that runs it. */
    private final class Deadline extends ProgressHandler {

        @Override
        protected int progress() {
            return isOverdue() || stopping.getAsBoolean() ? 1 : 0;
        }
    }
}
