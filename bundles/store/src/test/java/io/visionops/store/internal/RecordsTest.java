package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.query.EventPage;
import io.visionops.api.query.EventQuery;
import io.visionops.api.query.RecordPage;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest extends StoreRig {

    private static final Subject WEATHER = new Subject("station", "roof/north");

    @Test
    void aRecordOfAKindThatNobodyKnowsIsReadAsItWasWritten() {
        JournalRecord alone = of("weather", NOON);
        JournalRecord withEvent = of("storm", NOON.plusSeconds(1));
        Event event =
                Event.of(
                        UUID.randomUUID(),
                        new Event.Type("storm-came"),
                        WEATHER,
                        Severity.CRITICAL,
                        NOON,
                        "hail");

        store.append(Entry.of(UUID.randomUUID(), alone));
        store.append(Entry.of(event, withEvent));

        assertThat(store.reader().records(all()).records())
                .containsExactly(
                        new RecordPage.Stored(withEvent, Optional.of(event.id())),
                        new RecordPage.Stored(alone, Optional.empty()));
        assertThat(store.reader().events(ofSubject(WEATHER)).events())
                .extracting(EventPage.Stored::event)
                .containsExactly(event);
        assertThat(store.reader().events(TestStore.search("hail north")).events()).hasSize(1);
    }

    @Test
    void recordsAreReadByKindAndSubjectInPages() {
        for (int i = 0; i < 5; i++) {
            store.append(
                    Entry.of(
                            UUID.randomUUID(),
                            of("weather", NOON.plusSeconds(i)),
                            of("other", NOON.plusSeconds(i))));
        }
        List<Instant> times = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            RecordPage page =
                    store.reader()
                            .records(
                                    new RecordQuery(
                                            Optional.of("weather"),
                                            Optional.of(WEATHER),
                                            Optional.of(NOON.plusSeconds(1)),
                                            Optional.empty(),
                                            3,
                                            cursor));
            page.records().forEach(stored -> times.add(stored.entry().time()));
            cursor = page.next();
        } while (cursor.isPresent());

        assertThat(times)
                .containsExactly(
                        NOON.plusSeconds(4),
                        NOON.plusSeconds(3),
                        NOON.plusSeconds(2),
                        NOON.plusSeconds(1));
    }

    @Test
    void aReplayedEntryHasItsRecordOnce() {
        UUID id = UUID.randomUUID();

        store.append(Entry.of(id, of("weather", NOON)));
        store.append(Entry.of(id, of("weather", NOON)));

        assertThat(store.reader().records(all()).records()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sunny", "[1]", "{", "null"})
    void aRecordThatIsNoJsonObjectIsRefusedAndHoldsUpNobody(String body) {
        JournalRecord bad =
                new JournalRecord("weather", WEATHER, NOON, Actor.part("weather"), body);

        CompletableFuture<Void> refused = store.journal().append(Entry.of(UUID.randomUUID(), bad));
        store.append(Entry.of(UUID.randomUUID(), of("weather", NOON)));

        assertThatThrownBy(() -> TestStore.await(refused))
                .isInstanceOf(EntryRefusedException.class);
        assertThat(store.reader().records(all()).records()).hasSize(1);
    }

    @Test
    void theTablesThatUsersKnowShowTheirKind() throws SQLException {
        List<String> views =
                List.of(
                        "health_history",
                        "restart_records",
                        "backup_records",
                        "updates",
                        "integrity_checks",
                        "alerts",
                        "audit");
        for (String kind :
                List.of("health", "restart", "backup", "update", "integrity", "alert", "audit")) {
            store.append(Entry.of(UUID.randomUUID(), of(kind, NOON)));
        }

        try (Connection connection = store.open();
                Statement statement = connection.createStatement()) {
            for (String view : views) {
                try (ResultSet row =
                        statement.executeQuery("SELECT time, subject, actor, body FROM " + view)) {
                    assertThat(row.next()).as(view).isTrue();
                    assertThat(row.getLong(1)).isEqualTo(NOON.toEpochMilli());
                    assertThat(row.next()).as(view).isFalse();
                }
            }
        }
    }

    static JournalRecord of(String kind, Instant time) {
        return new JournalRecord(kind, WEATHER, time, Actor.part("weather"), "{\"wind\":7}");
    }

    static RecordQuery all() {
        return new RecordQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1000,
                Optional.empty());
    }

    private static EventQuery ofSubject(Subject subject) {
        return new EventQuery(
                Optional.empty(),
                Optional.of(subject),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                10,
                Optional.empty());
    }
}
