package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.cameraState;
import static io.visionops.store.internal.TestStore.crossing;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event.Direction;
import io.visionops.api.journal.Fact;
import io.visionops.store.internal.sqlite.RowDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checksum of a row can be computed again from the row alone, by whoever reads it. */
class ChecksumTest extends StoreRig {

    private static final List<String> TABLES =
            List.of(
                    "events",
                    "snapshots",
                    "tracks",
                    "counts",
                    "accounts",
                    "occupancy",
                    "counts_by_day",
                    "accounts_by_day",
                    "occupancy_by_day",
                    "counters",
                    "expected",
                    "camera_states",
                    "metrics_history",
                    "checkpoints",
                    "records");

    @Test
    void everyRowOfEveryTableHasItsChecksumAlsoAfterUpdates() throws SQLException {
        for (int i = 0; i < 5; i++) {
            fill(NOON.plusSeconds(25L * i));
        }

        for (String table : TABLES) {
            assertThat(intactRows(table)).as(table).isPositive();
        }
    }

    private void fill(Instant time) {
        store.append(Entry.of(cameraState("gate", time, "käse \u0000 x")));
        store.append(
                Entry.of(
                        crossing("gate", time, "door", "person"),
                        new Fact.Crossing("gate", time, "door", "person", Direction.OUT),
                        new Fact.Snapshot("gate", new byte[100])));
        store.append(
                new Fact.Counters(
                        "gate",
                        time,
                        time.getEpochSecond() % 2 == 0 ? List.of("door") : List.of("exit"),
                        List.of("hall"),
                        List.of("person")),
                new Fact.Watched("gate", time, Duration.ofSeconds(20)),
                Fact.Account.watched("gate", time, Duration.ofSeconds(15)),
                Fact.Account.blind("gate", "timeout", time.plusSeconds(15), Duration.ofSeconds(10)),
                new Fact.Expected("gate", time, time.getEpochSecond() % 2 == 0),
                new Fact.StateChange("gate", time, CameraState.IDLE, Optional.empty(), ""),
                RecordsTest.of("weather", time),
                new Fact.Measured("gate", Fact.Metric.LATE_MS, time, 12.5, 3),
                new Fact.Occupancy("gate", time, Duration.ofSeconds(25), "hall", "person", 3),
                new Fact.Tracks(
                        "gate",
                        1,
                        time,
                        List.of(new Fact.Tracked(1, "person", 0.9, new Box(0, 0, 1, 1)))));
        TestStore.await(store.checkpoints().save(new Checkpoint("a", 1, time, "{\"ü\":1}")));
    }

    private int intactRows(String table) throws SQLException {
        RowDigest digest = new RowDigest();
        int rows = 0;
        try (Connection connection = store.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
            ResultSetMetaData columns = row.getMetaData();
            int last = columns.getColumnCount();
            assertThat(columns.getColumnName(last)).isEqualTo("sha256");
            while (row.next()) {
                digest.start(table);
                for (int i = 1; i < last; i++) {
                    add(digest, row.getObject(i));
                }
                assertThat(row.getBytes(last)).as(table).isEqualTo(digest.finish());
                rows++;
            }
        }
        return rows;
    }

    private static void add(RowDigest digest, Object value) {
        if (value == null) {
            digest.none();
        } else if (value instanceof Integer || value instanceof Long) {
            digest.integer(((Number) value).longValue());
        } else if (value instanceof Double real) {
            digest.real(real);
        } else if (value instanceof byte[] blob) {
            digest.blob(blob);
        } else {
            digest.text((String) value);
        }
    }
}
