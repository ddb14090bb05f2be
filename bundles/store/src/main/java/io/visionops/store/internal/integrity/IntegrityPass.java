package io.visionops.store.internal.integrity;

import io.visionops.api.database.IntegrityDamage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes over all rows that carry a checksum, a batch at a time: no transaction is longer than a
 * batch, so that neither the writer nor a checkpoint of the log waits for it. For one thread at a
 * time.
 */
final class IntegrityPass {

    /** More say no more. */
    private static final int NAMED = 100;

    private final Connection connection;
    private final List<CheckedTable> tables;
    private final boolean withSearch;
    private final List<IntegrityDamage> damage = new ArrayList<>();
    private PassPosition position;
    private boolean over;
    private long rows;

    /**
     * @param connection that knows {@code row_sha256} and only reads
     * @param from where an earlier one has stopped
     * @param withSearch whether the search index is compared with the events too
     */
    IntegrityPass(Connection connection, PassPosition from, boolean withSearch)
            throws SQLException {
        this.connection = connection;
        this.withSearch = withSearch;
        this.tables = CheckedTable.of(connection);
        this.position = known(from) ? from : PassPosition.START;
        if (position.table().isEmpty()) {
            nextTable();
        }
    }

    private boolean known(PassPosition from) {
        return tables.stream()
                .anyMatch(
                        table ->
                                table.name().equals(from.table())
                                        && (from.after().isEmpty()
                                                || from.after().size() == table.key().size()));
    }

    /** Reads one batch. */
    void step() throws SQLException {
        CheckedTable table =
                tables.stream()
                        .filter(one -> one.name().equals(position.table()))
                        .findFirst()
                        .orElseThrow();
        RowBatch batch = RowBatch.read(connection, table, position.after());
        rows += batch.rows();
        add(batch.damage());
        if (withSearch && table.name().equals(SearchCheck.EVENTS) && batch.damage().isEmpty()) {
            add(SearchCheck.of(connection, position.after(), batch.last()));
        }
        if (batch.last().isEmpty()) {
            nextTable();
        } else {
            position = new PassPosition(table.name(), batch.last());
        }
    }

    private void add(List<IntegrityDamage> found) {
        found.stream().limit(NAMED - damage.size()).forEach(damage::add);
    }

    private void nextTable() {
        int index = 0;
        while (index < tables.size() && tables.get(index).name().compareTo(position.table()) <= 0) {
            index++;
        }
        over = index == tables.size();
        position =
                over ? PassPosition.START : new PassPosition(tables.get(index).name(), List.of());
    }

    boolean isOver() {
        return over;
    }

    PassPosition position() {
        return position;
    }

    /** That were read by this one. */
    long rows() {
        return rows;
    }

    List<IntegrityDamage> damage() {
        return List.copyOf(damage);
    }
}
