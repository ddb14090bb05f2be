package io.visionops.store.internal.integrity;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.database.IntegrityResult;
import io.visionops.api.journal.Entry;
import io.visionops.api.subject.Actor;
import io.visionops.store.internal.TestStore;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hourly pass and the check on request. */
class IntegrityWatchTest {

    private static final int EVENTS = 2_500;
    private static final Actor ANNA = Actor.user("anna");

    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(NOON);
    private final List<IntegrityResult> results = new ArrayList<>();
    private final AtomicInteger queued = new AtomicInteger();
    private Path file;
    private IntegrityWatch watch;

    @BeforeEach
    void write() {
        file = folder.resolve("visionops.db");
        try (TestStore store = new TestStore(folder)) {
            for (int i = 0; i < EVENTS; i++) {
                store.journal()
                        .append(
                                Entry.of(
                                        TestStore.crossing(
                                                "gate", NOON.plusSeconds(i), "door", "person")));
            }
        }
        watch = watch();
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private IntegrityWatch watch() {
        return new IntegrityWatch(
                new Database(file),
                new IntegrityState(folder),
                queued::get,
                (result, by) -> results.add(result),
                clock,
                // Each look costs a share of the second: so a call of the pass reads one batch.
                () -> {
                    clock.advance(IntegrityWatch.SHARE.dividedBy(2));
                    return clock.nanos();
                });
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private IntegrityStatus status() {
        return new IntegrityState(folder).status();
    }

    private int callsUntilAResult() {
        int calls = 0;
        while (results.isEmpty() && calls < 100) {
            watch.run();
            calls++;
        }
        return calls;
    }

    @Test
    void aPassReadsALittleAtATimeAndIsMadeAnewAfterAnHour() {
        // 2,500 events are three batches.
        assertThat(callsUntilAResult()).isBetween(3, 30);

        assertThat(results.get(0).damage()).isEmpty();
        assertThat(results.get(0).full()).isTrue();
        assertThat(results.get(0).rows()).isEqualTo(EVENTS);
        assertThat(status().checked()).isPresent();
        assertThat(status().checkedFull()).isPresent();

        results.clear();
        for (int i = 0; i < 20; i++) {
            watch.run();
        }
        assertThat(results).isEmpty();
        clock.advance(Duration.ofHours(1));
        callsUntilAResult();
        assertThat(results.get(0).full()).isFalse();
        results.clear();
        clock.advance(Duration.ofDays(1));
        callsUntilAResult();
        assertThat(results.get(0).full()).isTrue();
    }

    /** SQLite takes the index of words for damaged where a connection has looked at it before. */
    @Test
    void anIndexThatIsMergedWhileThePassIsUnderWayIsNoDamage() throws SQLException {
        // The events were begun with, and looked for by their words.
        for (int i = 0; i < 10; i++) {
            watch.run();
        }
        assertThat(results).isEmpty();

        for (int i = 1; i <= 100; i++) {
            change("INSERT INTO events_text (rowid, camera) VALUES (" + i + ", 'word" + i + "')");
        }
        callsUntilAResult();

        assertThat(results.get(0).full()).isTrue();
        assertThat(results.get(0).damage()).isEmpty();
    }

    @Test
    void aPassThatWasEndedGoesOnWhereItStood() {
        // Seven tables lie before the events, and are empty.
        for (int i = 0; i < 8; i++) {
            watch.run();
        }
        watch.close();

        watch = watch();
        callsUntilAResult();

        assertThat(results.get(0).rows()).isPositive().isLessThan(EVENTS);
        assertThat(results.get(0).damage()).isEmpty();
    }

    @Test
    void aPassWaitsForAWriterThatHasALotToDo() {
        queued.set(IntegrityWatch.BUSY + 1);
        watch.run();
        assertThat(new IntegrityState(folder).begun()).isEmpty();

        queued.set(0);
        watch.run();
        assertThat(new IntegrityState(folder).begun()).isPresent();
    }

    @Test
    void aRowThatWasChangedIsNamedByThePassAndByACheck() throws Exception {
        change("UPDATE events SET label = 'persom' WHERE seq = (SELECT max(seq) FROM events)");

        callsUntilAResult();
        IntegrityResult asked = watch.check(false, ANNA, progress -> {});

        assertThat(results.get(0).damage()).isEqualTo(asked.damage()).hasSize(1);
        assertThat(asked.damage().get(0).inWords())
                .matches("table events, row seq=\\d+: its checksum does not hold");
        assertThat(status().damage()).isEqualTo(asked.damage());
        assertThat(status().checked()).isEmpty();
    }

    @Test
    void wordsThatAreMissingInTheSearchIndexAreFoundByAFullCheck() throws Exception {
        change("DELETE FROM events_text WHERE rowid = (SELECT seq FROM events LIMIT 1 OFFSET 7)");

        assertThat(watch.check(false, ANNA, progress -> {}).damage()).isEmpty();
        assertThat(watch.check(true, ANNA, progress -> {}).damage())
                .hasSize(1)
                .allMatch(one -> one.table().equals("events_text"));
    }

    @Test
    void aPositionOutlivesItsFileAndWhatIsNoPositionIsTheStart() throws Exception {
        PassPosition position =
                new PassPosition("counts", List.of("gä/te", 17L, new byte[] {1, -1}));

        assertThat(PassPosition.parse(position.text()).text()).isEqualTo(position.text());
        assertThat(PassPosition.parse("counts/x")).isEqualTo(PassPosition.START);
        Files.createDirectories(folder.resolve("store"));
        Files.writeString(folder.resolve("store/integrity.properties"), "pass.begun=\\u12");
        assertThat(new IntegrityState(folder).begun()).isEmpty();
    }
}
