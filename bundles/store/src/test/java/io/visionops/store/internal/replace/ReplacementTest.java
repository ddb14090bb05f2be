package io.visionops.store.internal.replace;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.all;
import static io.visionops.store.internal.TestStore.counts;
import static io.visionops.store.internal.TestStore.crossing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.database.DatabaseContents;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.query.CountQuery.Interval;
import io.visionops.api.query.EventPage;
import io.visionops.api.query.LineCount;
import io.visionops.store.internal.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacementTest {

    private static final Instant LATER = NOON.plusSeconds(90);

    @TempDir Path folder;
    private Path copy;
    private Path kept;

    @BeforeEach
    void name() {
        copy = folder.resolve("copy.db");
        kept = folder.resolve("quarantine/one");
    }

    @Test
    void whatWasWrittenAfterTheCopyIsTakenOverOnce() throws Exception {
        List<LineCount> before;
        List<LineCount> days;
        List<EventPage.Stored> events;
        try (TestStore store = new TestStore(folder)) {
            write(store, NOON);
            store.copies().copyTo(copy);
            write(store, NOON.plusSeconds(5));
            write(store, LATER);
            store.clock.advance(Duration.ofMinutes(5));
            before = store.reader().lineCounts(counts(Interval.MINUTE));
            days = store.reader().lineCounts(counts(Interval.ALL));
            events = store.reader().events(all(100)).events();
        }

        DatabaseFiles.replace(folder, copy, kept);

        for (int opening = 0; opening < 2; opening++) {
            try (TestStore store = new TestStore(folder)) {
                store.clock.advance(Duration.ofMinutes(5));
                assertThat(store.reader().lineCounts(counts(Interval.MINUTE))).isEqualTo(before);
                assertThat(store.reader().lineCounts(counts(Interval.ALL))).isEqualTo(days);
                assertThat(store.reader().events(all(100)).events()).isEqualTo(events);
                assertThat(store.reader().events(TestStore.search("person")).events()).hasSize(3);
            }
        }
        assertThat(kept.resolve("visionops.db")).exists();
        assertThat(folder.resolve("visionops.db.replaced")).doesNotExist();
    }

    @Test
    void aSumOfADayIsOfBothWhereTheFormerDatabaseHadOthers() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        try (TestStore store = new TestStore(folder)) {
            write(store, NOON);
            store.copies().copyTo(copy);
        }
        try (TestStore store = new TestStore(other)) {
            write(store, LATER);
        }

        DatabaseFiles.replace(other, copy, other.resolve("quarantine/one"));

        try (TestStore store = new TestStore(other)) {
            store.clock.advance(Duration.ofMinutes(5));
            assertThat(store.reader().lineCounts(counts(Interval.ALL)))
                    .filteredOn(row -> row.direction() == Event.Direction.IN)
                    .singleElement()
                    .satisfies(row -> assertThat(row.count()).hasValue(2));
        }
    }

    @Test
    void aFormerDatabaseThatIsDamagedIsKeptAndNothingIsTakenOver() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            write(store, NOON);
            store.copies().copyTo(copy);
        }
        Files.writeString(folder.resolve("visionops.db"), "no database at all");

        DatabaseFiles.replace(folder, copy, kept);

        try (TestStore store = new TestStore(folder)) {
            assertThat(store.reader().events(all(100)).events()).hasSize(1);
        }
        assertThat(kept.resolve("visionops.db")).hasContent("no database at all");
    }

    @Test
    void aPowerCutBeforeTheOtherCameLeavesTheFormerInUse() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            write(store, NOON);
        }
        assertThatThrownBy(() -> DatabaseFiles.replace(folder, folder.resolve("absent.db"), kept))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("visionops.db.replaced")).exists();

        try (TestStore store = new TestStore(folder)) {
            write(store, LATER);
            assertThat(store.reader().events(all(100)).events()).hasSize(2);
        }
        assertThat(folder.resolve("visionops.db.replaced")).doesNotExist();
    }

    @Test
    void whatIsPutBackIsAsItWas() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            write(store, NOON);
            store.copies().copyTo(copy);
            write(store, LATER);
        }

        DatabaseFiles.replace(folder, copy, kept);
        DatabaseFiles.undo(folder, kept);

        try (TestStore store = new TestStore(folder)) {
            assertThat(store.reader().events(all(100)).events()).hasSize(2);
        }
    }

    @Test
    void aCopyIsInspectedWithItsRows() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            write(store, NOON);
            store.copies().copyTo(copy);
        }

        DatabaseContents contents = DatabaseInspection.of(copy);

        assertThat(contents.schemaVersion()).isEqualTo(4);
        assertThat(contents.rows()).containsEntry("events", 1L).containsEntry("counts", 1L);
        assertThat(contents.rows().keySet()).noneMatch(name -> name.startsWith("events_text"));
    }

    @Test
    void whatIsNoDatabaseIsRefusedWithOneLine() throws Exception {
        Files.writeString(copy, "no database at all, but long enough to be looked at ".repeat(20));

        assertThatThrownBy(() -> DatabaseInspection.of(copy))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not an SQLite database");
    }

    private static void write(TestStore store, Instant time) {
        store.append(
                new Fact.Counters("gate", NOON, List.of("door"), List.of(), List.of("person")),
                new Fact.Watched("gate", NOON, Duration.ofMinutes(3)));
        store.append(
                Entry.of(
                        crossing("gate", time, "door", "person"),
                        new Fact.Crossing("gate", time, "door", "person", Event.Direction.IN)));
    }
}
