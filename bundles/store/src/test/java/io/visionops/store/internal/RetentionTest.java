package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.all;
import static io.visionops.store.internal.TestStore.crossing;
import static io.visionops.store.internal.TestStore.search;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.api.journal.Fact;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.ReaderPool;
import io.visionops.store.internal.write.JournalWriter;
import io.visionops.support.time.TrustedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

    private static final RetentionPolicy KEPT =
            new RetentionPolicy(
                    Duration.ofDays(10),
                    Duration.ofDays(1),
                    Duration.ofDays(5),
                    Map.of("", Duration.ofDays(10), "health", Duration.ofDays(2)));

    @TempDir Path folder;
    private TestStore store;
    private ReaderPool readers;
    private Retention retention;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
        readers = new ReaderPool(new Database(store.file()), store.clock);
        retention =
                new Retention(
                        (JournalWriter) store.journal(),
                        readers,
                        new SnapshotFolder(folder.resolve("snapshots")),
                        () -> KEPT,
                        new TrustedClock(
                                folder.resolve("retention.clock"),
                                store.clock,
                                store.clock,
                                () -> readers.read(NewestRow::time)));
    }

    @AfterEach
    void close() {
        readers.close();
        store.close();
    }

    @Test
    void eachKindOfRowGoesAtItsAgeAndCountsStay() throws IOException {
        Event old = write(NOON);
        Event middle = write(NOON.plus(Duration.ofDays(7)));
        Event young = write(NOON.plus(Duration.ofDays(11)));

        age(Duration.ofDays(11).plusSeconds(60));
        retention.run();

        assertThat(store.reader().events(all(10)).events())
                .extracting(stored -> stored.event().id())
                .containsExactly(young.id(), middle.id());
        assertThat(store.reader().events(search("door")).events()).hasSize(2);
        assertThat(store.reader().snapshot(old.id())).isEmpty();
        assertThat(picture(old)).doesNotExist();
        assertThat(picture(old).getParent()).doesNotExist();
        assertThat(picture(middle)).exists();
        assertThat(store.reader().lineCounts(CountsTest.everything()).get(0).count()).hasValue(3);
        assertThat(rows("tracks")).isEqualTo(1);
        assertThat(rows("snapshots")).isEqualTo(2);
        assertThat(rows("metrics_history")).isEqualTo(2);
    }

    @Test
    void recordsGoAtTheAgeOfTheirKind() {
        for (String kind : List.of("audit", "health", "weather")) {
            store.append(Entry.of(UUID.randomUUID(), RecordsTest.of(kind, NOON)));
        }

        age(Duration.ofDays(3));
        retention.run();

        assertThat(store.reader().records(RecordsTest.all()).records())
                .extracting(stored -> stored.entry().kind())
                .containsExactlyInAnyOrder("audit", "weather");
    }

    @Test
    void manyRowsGoInBatches() {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 2 * Retention.BATCH + 500; i++) {
            last = store.journal().append(Entry.of(UUID.randomUUID(), tracks(NOON.plusMillis(i))));
        }
        TestStore.await(last);

        age(Duration.ofDays(2));
        retention.run();

        assertThat(rows("tracks")).isZero();
    }

    @Test
    void aClockThatIsAYearAheadRemovesNothingBeforeItsTimeHasPassed() throws IOException {
        Event event = write(NOON);
        Path orphan = picture(event).resolveSibling(UUID.randomUUID() + ".jpg.enc.tmp");
        Files.write(orphan, new byte[10]);
        Files.setLastModifiedTime(orphan, FileTime.from(NOON));

        store.clock.jump(Duration.ofDays(365));
        retention.run();
        store.clock.advance(Duration.ofMinutes(30));
        retention.run();
        assertThat(List.of(rows("events"), rows("tracks"), rows("snapshots"))).containsOnly(1L);
        assertThat(picture(event)).exists();
        assertThat(orphan).exists();

        store.clock.advance(Duration.ofDays(9));
        retention.run();
        assertThat(rows("events")).isEqualTo(1);
        assertThat(rows("tracks")).as("two days of running time").isZero();

        store.clock.advance(Duration.ofDays(2));
        retention.run();
        assertThat(rows("events")).as("ten days of running time").isZero();
    }

    @Test
    void idsOfEntriesGoAfterAnHourWhateverTheClockSays() {
        UUID id = UUID.randomUUID();
        Fact count = new Fact.Crossing("gate", NOON, "door", "person", Direction.IN);
        store.append(Entry.of(id, count));

        store.clock.jump(Duration.ofDays(1));
        retention.run();
        store.append(Entry.of(id, count));
        assertThat(store.reader().lineCounts(CountsTest.everything()).get(0).count()).hasValue(1);
        assertThat(rows("entries_seen")).isEqualTo(1);

        retention.run();
        assertThat(rows("entries_seen")).isZero();
    }

    @Test
    void filesThatNoRowNamesGo() throws IOException {
        Event kept = write(NOON);
        Path orphan = picture(kept).resolveSibling(UUID.randomUUID() + ".jpg.enc");
        Path partial = picture(kept).resolveSibling(UUID.randomUUID() + ".jpg.enc.tmp");
        Path young = picture(kept).resolveSibling(UUID.randomUUID() + ".jpg.enc");
        Path foreign = Files.createDirectories(folder.resolve("snapshots/other")).resolve("a.jpg");
        for (Path file : List.of(orphan, partial, young, foreign)) {
            Files.write(file, new byte[10]);
            Files.setLastModifiedTime(file, FileTime.from(NOON.minusSeconds(7200)));
        }
        Files.setLastModifiedTime(young, FileTime.from(NOON.minusSeconds(600)));

        retention.run();

        assertThat(orphan).doesNotExist();
        assertThat(partial).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
        assertThat(picture(kept)).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Retention.OLD_EVENTS,
                Retention.OLD_TRACKS,
                Retention.OLD_STATES,
                Retention.OLD_METRICS,
                Retention.OLD_SEEN,
                Retention.OLD_SNAPSHOTS,
                SnapshotFolder.OF_DAY
            })
    void oldRowsAreFoundByAnIndex(String sql) throws SQLException {
        try (Connection connection = store.open();
                PreparedStatement statement =
                        connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet step = statement.executeQuery()) {
            while (step.next()) {
                assertThat(step.getString(4)).doesNotStartWith("SCAN");
            }
        }
    }

    private Event write(Instant time) {
        Event event = crossing("gate", time, "door", "person");
        store.append(
                Entry.of(
                        event,
                        new Fact.Crossing("gate", time, "door", "person", Direction.IN),
                        new Fact.Snapshot("gate", new byte[100]),
                        new Fact.Measured("gate", Fact.Metric.LATE_MS, time, 12, 1),
                        tracks(time)));
        return event;
    }

    private static Fact tracks(Instant time) {
        return new Fact.Tracks(
                "gate", 1, time, List.of(new Fact.Tracked(1, "person", 0.9, new Box(0, 0, 1, 1))));
    }

    private void age(Duration by) {
        store.clock.advance(by);
    }

    private Path picture(Event event) {
        String day = event.time().toString().substring(0, 10);
        return folder.resolve("snapshots").resolve(day).resolve(event.id() + ".jpg.enc");
    }

    private long rows(String table) {
        return store.reader().statistics().rows().get(table);
    }
}
