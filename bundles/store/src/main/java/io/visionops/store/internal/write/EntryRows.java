package io.visionops.store.internal.write;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.JournalRecord;
import io.visionops.store.internal.picture.PictureFolder;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Every table that is written, inside the transaction of the writer. Confined to its thread. */
final class EntryRows {

    private final EventRows events;
    private final DedupRows seen;
    private final SnapshotRows snapshots;
    private final TrackRows tracks;
    private final List<CountRows> counts;
    private final AccountRows accounts;
    private final ExpectedRows expected;
    private final StateRows states;
    private final MetricRows metrics;
    private final List<OccupancyRows> occupancy;
    private final CounterRows counters;
    private final CheckpointRows checkpoints;
    private final RecordRows records;

    EntryRows(WriteConnection connection, PictureFolder pictures, Clock clock) {
        RowDigest digest = new RowDigest();
        events = new EventRows(connection, digest);
        seen = new DedupRows(connection, clock);
        snapshots = new SnapshotRows(connection, digest, pictures);
        tracks = new TrackRows(connection, digest);
        counts =
                List.of(
                        new CountRows(connection, digest, Unit.MINUTE),
                        new CountRows(connection, digest, Unit.DAY));
        accounts = new AccountRows(connection, digest);
        expected = new ExpectedRows(connection, digest);
        states = new StateRows(connection, digest);
        metrics = new MetricRows(connection, digest);
        occupancy =
                List.of(
                        new OccupancyRows(connection, digest, Unit.MINUTE),
                        new OccupancyRows(connection, digest, Unit.DAY));
        counters = new CounterRows(connection, digest);
        checkpoints = new CheckpointRows(connection, digest);
        records = new RecordRows(connection, digest);
    }

    /** Writes an entry, unless it was written before. */
    void write(Entry entry) throws SQLException {
        Event event = entry.event().orElse(null);
        if (event != null && !event.id().equals(entry.id())) {
            throw new IllegalArgumentException("entry " + entry.id() + " of event " + event.id());
        }
        if (event != null ? !events.insert(event) : !seen.insert(entry.id())) {
            return;
        }
        for (Fact fact : entry.facts()) {
            if (fact instanceof Fact.Snapshot snapshot) {
                if (event == null) {
                    throw new IllegalArgumentException("a picture without an event");
                }
                snapshots.stage(event, snapshot.jpeg());
            } else if (fact instanceof JournalRecord open) {
                records.insert(event, open);
            } else {
                write(fact);
            }
        }
    }

    void write(Checkpoint checkpoint) throws SQLException {
        checkpoints.insert(checkpoint);
    }

    /** Writes what was added up; the last step before the commit. */
    void flush() throws SQLException {
        snapshots.flush();
        accounts.flush();
        for (CountRows rows : counts) {
            rows.flush();
        }
        for (OccupancyRows rows : occupancy) {
            rows.flush();
        }
    }

    /** The transaction is rolled back: nothing of it may be remembered. */
    void discard() {
        snapshots.discard();
        accounts.discard();
        counts.forEach(CountRows::discard);
        occupancy.forEach(OccupancyRows::discard);
        counters.discard();
    }

    private void write(Fact fact) throws SQLException {
        if (fact instanceof Fact.Crossing crossing) {
            counters.ensure(
                    crossing.camera(),
                    CounterRows.LINE,
                    crossing.line(),
                    crossing.label(),
                    crossing.time().toEpochMilli());
            counts.forEach(rows -> rows.add(crossing));
        } else if (fact instanceof Fact.Watched watched) {
            accounts.add(watched);
        } else if (fact instanceof Fact.Account account) {
            accounts.add(account);
        } else if (fact instanceof Fact.Expected time) {
            expected.set(time);
        } else if (fact instanceof Fact.StateChange change) {
            states.insert(change);
        } else if (fact instanceof Fact.Measured figure) {
            metrics.add(figure);
        } else if (fact instanceof Fact.Occupancy stay) {
            counters.ensure(
                    stay.camera(),
                    CounterRows.ZONE,
                    stay.zone(),
                    stay.label(),
                    stay.from().toEpochMilli());
            for (OccupancyRows rows : occupancy) {
                rows.add(stay);
            }
        } else if (fact instanceof Fact.Tracks frame) {
            tracks.insert(frame);
        } else if (fact instanceof Fact.Counters setting) {
            counters.set(setting);
        } else {
            throw new IllegalArgumentException("a fact of a kind that is not known: " + fact);
        }
    }
}
