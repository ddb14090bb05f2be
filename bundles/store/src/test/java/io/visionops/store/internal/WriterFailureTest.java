package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.all;
import static io.visionops.store.internal.TestStore.await;
import static io.visionops.store.internal.TestStore.cameraState;
import static io.visionops.store.internal.TestStore.crossing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.JournalException;
import io.visionops.api.journal.Severity;
import io.visionops.api.query.EventPage;
import io.visionops.api.subject.Subject;
import io.visionops.store.internal.write.JournalWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WriterFailureTest extends StoreRig {

    @Test
    void anEntryThatCannotBeWrittenFailsAloneInItsGroup() {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> blocked = writer().submit(ignored -> awaitUninterrupted(gate));
        List<CompletableFuture<Void>> good = new ArrayList<>();
        List<CompletableFuture<Void>> bad = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Fact count = new Fact.Crossing("gate", NOON, "door", "person", Direction.IN);
            if (i % 3 == 0) {
                bad.add(store.journal().append(Entry.of(withoutScore(), count)));
                bad.add(store.journal().append(Entry.of(UUID.randomUUID(), count, endless())));
            } else {
                Event event = crossing("gate", NOON, "door", "person");
                good.add(store.journal().append(Entry.of(event, count)));
            }
        }
        gate.countDown();

        await(blocked);
        good.forEach(TestStore::await);
        for (CompletableFuture<Void> refused : bad) {
            assertThatThrownBy(() -> await(refused)).isInstanceOf(EntryRefusedException.class);
        }
        assertThat(store.reader().events(all(100)).events()).hasSize(20);
        assertThat(store.reader().lineCounts(CountsTest.everything()).get(0).count()).hasValue(20);
    }

    @Test
    void aFullDiskFailsEntriesUntilThereIsRoomAgain() {
        store.append(Entry.of(cameraState("gate", NOON, "before")));
        await(
                writer().submit(
                                connection ->
                                        connection
                                                .prepared("PRAGMA max_page_count = 1")
                                                .execute()));
        List<Event> refused = new ArrayList<>();
        List<Event> written = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            Event event = cameraState("gate", NOON.plusMillis(i), "x".repeat(500));
            try {
                store.append(Entry.of(event));
                written.add(event);
            } catch (EntryRefusedException forGood) {
                throw forGood;
            } catch (JournalException full) {
                assertThat(full).hasMessage("not written: the disk is full");
                refused.add(event);
            }
        }
        // Reading goes on, and with room again the caller's replay writes what is missing, once.
        assertThat(refused).isNotEmpty();
        assertThat(store.reader().events(all(1000)).events()).hasSize(1 + written.size());
        await(makeRoom());
        refused.forEach(event -> store.append(Entry.of(event)));
        written.forEach(event -> store.append(Entry.of(event)));

        assertThat(store.reader().events(all(1000)).events()).hasSize(201);
    }

    private CompletableFuture<Void> makeRoom() {
        return writer().submit(
                        connection ->
                                connection.prepared("PRAGMA max_page_count = 100000").execute());
    }

    @Test
    void aQueueThatIsFullRefusesAtOnceAndCounts() {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> blocked = writer().submit(ignored -> awaitUninterrupted(gate));
        List<CompletableFuture<Void>> all = new ArrayList<>();
        while (store.reader().statistics().rejected() == 0) {
            for (int i = 0; i < 1000; i++) {
                all.add(
                        store.journal()
                                .append(
                                        Entry.of(
                                                UUID.randomUUID(),
                                                Fact.Account.watched(
                                                        "gate", NOON, Duration.ofMillis(1)))));
            }
        }
        long failed = all.stream().filter(CompletableFuture::isCompletedExceptionally).count();
        gate.countDown();
        await(blocked);

        assertThat(failed).isPositive().isEqualTo(store.reader().statistics().rejected());
        assertThat(all).hasSizeGreaterThanOrEqualTo(10_000);
        assertThatThrownBy(() -> await(all.get(all.size() - 1)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("queue of the writer is full");
        await(all.get(0));
    }

    @Test
    void anotherProgramThatHoldsTheLockIsWaitedFor() throws SQLException {
        CompletableFuture<Void> waiting;
        try (Connection other = store.open();
                Statement statement = other.createStatement()) {
            store.append(Entry.of(cameraState("gate", NOON, "before")));
            statement.execute("BEGIN IMMEDIATE");
            waiting = store.journal().append(Entry.of(cameraState("gate", NOON, "after")));
            assertThat(waiting).isNotDone();
            statement.execute("COMMIT");
        }

        await(waiting);

        assertThat(store.reader().events(all(10)).events()).hasSize(2);
    }

    @Test
    void whatWasAcceptedBeforeTheStopIsWrittenAndWhatComesAfterFails() {
        List<CompletableFuture<Void>> accepted = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            Event event = crossing("gate", NOON.plusMillis(i), "door", "person");
            events.add(0, event);
            accepted.add(store.journal().append(Entry.of(event)));
        }
        store.close();

        accepted.forEach(TestStore::await);
        assertThatThrownBy(() -> store.append(Entry.of(cameraState("gate", NOON, "late"))))
                .isInstanceOf(JournalException.class)
                .hasMessage("the store is stopping");
        assertThat(folder.resolve("visionops.db-wal")).doesNotExist();

        store = new TestStore(folder);
        assertThat(store.reader().events(all(1000)).events())
                .extracting(EventPage.Stored::event)
                .containsExactlyElementsOf(events.subList(0, 1000));
        assertThat(store.reader().statistics().rows()).containsEntry("events", 3000L);
    }

    private JournalWriter writer() {
        return (JournalWriter) store.journal();
    }

    private static void awaitUninterrupted(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static Fact endless() {
        return new Fact.Watched("gate", NOON, Duration.ofDays(2));
    }

    /** SQLite stores what is no number as null, which the table does not allow. */
    private static Event withoutScore() {
        return new Event(
                UUID.randomUUID(),
                Event.Type.CROSSING,
                Subject.camera("gate"),
                Severity.INFO,
                NOON,
                Optional.of("person"),
                Double.NaN,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }
}
