package io.visionops.support.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.support.TimeOrderedIds;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final Box BOX = new Box(0.1, 0.2, 0.3, 0.4);

    private final ManualClock clock = new ManualClock(T);
    private final TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(1));

    @TempDir Path data;

    private Path folder() {
        return data.resolve("part");
    }

    private Path path() {
        return folder().resolve("journal.jsonl");
    }

    private JournalFile file() {
        return new JournalFile(folder());
    }

    /** As the next version of the part has it. */
    private JournalFile fileOfTwo() {
        return new JournalFile(folder(), 2);
    }

    private JournalBuffer buffer() {
        return new JournalBuffer(clock, ids, 1000, 1 << 20);
    }

    /** A life that begins with what the last one has left. */
    private JournalBuffer start() {
        JournalBuffer buffer = buffer();
        buffer.resume(file(), List.of());
        return buffer;
    }

    private List<Unwritten> entries() {
        return List.of(
                new Unwritten("front", Entry.of(event(), facts())),
                new Unwritten("", Entry.of(ids.get(), facts()[0])),
                new Unwritten("back", Entry.of(ids.get())));
    }

    @Test
    void eventsAreReadInTheFormBeforeTheyCouldBeAboutAnything() throws IOException {
        String old =
                """
                {"version":1}
                {"camera":"front","entry":{"id":"%1$s","event":{"id":"%1$s","type":"ZONE_ENTERED",\
                "camera":"front","time":"2026-01-01T00:00:00Z","label":"person","score":0.5,\
                "track":7,"box":null,"line":null,"zone":"till","direction":null,"detail":""},\
                "facts":[]}}
                {"camera":"","entry":{"id":"%2$s","event":{"id":"%2$s","type":"INCIDENT",\
                "camera":"","time":"2026-01-01T00:00:00Z","label":null,"score":0.0,\
                "track":null,"box":null,"line":null,"zone":null,"direction":null,\
                "detail":"all"},"facts":[]}}
                """
                        .formatted(new UUID(0, 1), new UUID(0, 2));
        Files.createDirectories(folder());
        Files.writeString(path(), old);

        List<Event> events =
                file().read().stream().map(one -> one.entry().event().orElseThrow()).toList();

        assertThat(events)
                .extracting(event -> event.subject() + " " + event.type().word())
                .containsExactly("camera/front zone-entered", "site/cameras incident");
        assertThat(events.get(0).zone()).contains("till");
        assertThat(events.get(0).track()).hasValue(7);
    }

    @Test
    void everythingIsReadBackInOrder() throws IOException {
        List<Unwritten> left = entries();

        file().write(left);

        assertThat(file().read()).usingRecursiveComparison().isEqualTo(left);
        assertThat(file().read()).hasSize(3);
        file().write(List.of());
        assertThat(folder()).isEmptyDirectory();
        assertThat(file().read()).isEmpty();
    }

    @Test
    void aFileThatIsCutOffAnywhereYieldsTheLinesBeforeAndIsKeptForAPerson() throws IOException {
        List<Unwritten> left = entries();
        file().write(left);
        byte[] whole = Files.readAllBytes(path());
        int lines = 0;
        for (int length = 0; length < whole.length - 1; length++) {
            lines += length > 0 && whole[length - 1] == '\n' ? 1 : 0;
            if (length % 37 != 0 && whole[length] != '\n') {
                continue;
            }
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(path(), part);

            List<Unwritten> read = file().read();

            int complete = Math.max(0, lines - 1) + (whole[length] == '\n' && lines > 0 ? 1 : 0);
            assertThat(read).as("of %s bytes", length).hasSize(complete);
            assertThat(file().read()).hasSize(complete);
        }
        assertThat(folder().resolve("journal.unreadable")).exists();
    }

    @Test
    void whatIsNotUnderstoodHoldsUpNothing() throws IOException {
        file().write(entries());
        List<String> lines = Files.readAllLines(path());
        for (String bad :
                List.of(
                        "null",
                        "[]",
                        "{}",
                        "{\"camera\":\"x\"}",
                        "{\"camera\":\"x\",\"entry\":{}}")) {
            List<String> changed = new ArrayList<>(lines);
            changed.set(2, bad);
            Files.write(path(), changed);

            assertThat(file().read()).as(bad).hasSize(2);
        }
    }

    @Test
    void aFileThatNamesNoVersionIsKeptForAPersonAndNotBelieved() throws IOException {
        for (String text : List.of("", "null\n", "{}\n", "{\"version\":-2}\n", "{\"version\":2")) {
            Files.createDirectories(folder());
            Files.writeString(path(), text, StandardCharsets.UTF_8);

            assertThat(file().read()).isEmpty();

            assertThat(path()).doesNotExist();
            assertThat(folder().resolve("journal.unreadable")).hasContent(text);
        }
    }

    @Test
    void entriesOfAnotherVersionAreKeptUntilThatOneReturnsAndComeBeforeItsOwn() throws IOException {
        List<Unwritten> ofTwo = entries();
        fileOfTwo().write(ofTwo);

        assertThat(file().read()).isEmpty();
        assertThat(folder().toFile().list()).containsExactly("journal.jsonl.v2");
        assertThat(file().read()).isEmpty();
        List<Unwritten> ofOne = entries();
        file().write(ofOne);

        assertThat(fileOfTwo().read()).usingRecursiveComparison().isEqualTo(ofTwo);
        assertThat(fileOfTwo().read()).hasSize(3);
        assertThat(file().read()).usingRecursiveComparison().isEqualTo(ofOne);
    }

    @Test
    void entriesThatReturnAreGivenToTheJournalBesideThoseOfANewerFile() throws IOException {
        List<Unwritten> older = entries();
        fileOfTwo().write(older);
        assertThat(file().read()).isEmpty();
        List<Unwritten> newer = entries();
        fileOfTwo().write(newer);

        RecordingJournal journal = new RecordingJournal();
        JournalBuffer buffer = buffer();
        buffer.resume(fileOfTwo(), List.of());
        assertThat(folder().toFile().list()).containsExactly("journal.jsonl");
        buffer.connect(journal);
        buffer.pump();
        buffer.settle();

        assertThat(journal.entries())
                .extracting(Entry::id)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(older.stream(), newer.stream())
                                .map(one -> one.entry().id())
                                .toList());
        assertThat(journal.entries())
                .extracting(Entry::id)
                .containsSubsequence(older.get(0).entry().id(), newer.get(0).entry().id());
        assertThat(folder()).isEmptyDirectory();
    }

    @Test
    void entriesThatLieInBothFilesAfterAKillAreGivenOnce() throws IOException {
        List<Unwritten> left = entries();
        fileOfTwo().write(left);
        Path kept = folder().resolve("journal.jsonl.v2");
        Files.copy(path(), kept);

        assertThat(fileOfTwo().read()).usingRecursiveComparison().isEqualTo(left);

        assertThat(kept).doesNotExist();
    }

    @Test
    void aFullDiskLeavesEntriesThatReturnWhereTheyAre() throws IOException {
        fileOfTwo().write(entries());
        assertThat(file().read()).isEmpty();
        Files.createSymbolicLink(folder().resolve("journal.jsonl.new"), Path.of("/dev/full"));

        assertThat(fileOfTwo().read()).hasSize(3);

        assertThat(folder().resolve("journal.jsonl.v2")).exists();
    }

    @Test
    void ofAFileThatReturnsDamagedTheGoodLinesAreReadAndItIsKeptForAPerson() throws IOException {
        fileOfTwo().write(entries());
        Files.writeString(path(), Files.readString(path()) + "{\"cam");
        String text = Files.readString(path());

        assertThat(file().read()).isEmpty();
        assertThat(fileOfTwo().read()).hasSize(3);

        assertThat(folder().resolve("journal.unreadable")).hasContent(text);
        assertThat(folder().resolve("journal.jsonl.v2")).doesNotExist();
    }

    @Test
    void aFileThatCannotBeReadIsNotWrittenOver() throws IOException {
        Files.createDirectories(path());

        JournalBuffer buffer = start();
        buffer.offer("front", Entry.of(event()));
        buffer.leave(file());

        assertThat(file().read()).hasSize(1);
        assertThat(folder().resolve("journal.unreadable")).isDirectory();
    }

    @Test
    void theFileStaysUntilTheLastOfItIsWritten() throws IOException {
        file().write(entries());
        RecordingJournal journal = new RecordingJournal();
        JournalBuffer buffer = start();
        buffer.settle();
        assertThat(path()).exists();

        journal.setBroken(true);
        buffer.connect(journal);
        buffer.pump();
        buffer.settle();
        assertThat(path()).exists();

        journal.setBroken(false);
        clock.advance(Duration.ofSeconds(1));
        buffer.pump();
        buffer.settle();
        assertThat(path()).doesNotExist();
        assertThat(journal.entries()).hasSize(3);
    }

    @Test
    void whatIsWrittenOfItLeavesTheFileAfterAMinute() throws IOException {
        file().write(entries());
        JournalBuffer buffer = start();
        RecordingJournal journal = new RecordingJournal();
        buffer.connect(
                entry ->
                        entry.event().isPresent()
                                ? new CompletableFuture<>()
                                : journal.append(entry));
        buffer.pump();
        buffer.settle();
        assertThat(file().read()).hasSize(3);

        clock.advance(Duration.ofMinutes(1));
        buffer.settle();

        assertThat(file().read()).hasSize(1);
    }

    /**
     * A part whose store comes and goes, that is stopped, started and killed at random: nothing
     * that was offered before a stop or a checkpoint is lost, nothing is written twice, and of each
     * camera all is in order.
     */
    @Test
    void nothingIsLostBetweenTwoLivesWhateverIsKilled() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            RecordingJournal journal = new RecordingJournal();
            List<UUID> safe = new ArrayList<>();
            List<UUID> sinceTheStart = new ArrayList<>();
            JournalBuffer buffer = start();
            for (int step = 0; step < 60; step++) {
                journal.setBroken(random.nextInt(3) > 0);
                clock.advance(Duration.ofMillis(random.nextInt(20_000)));
                switch (random.nextInt(7)) {
                    case 0 -> {
                        buffer.leave(file());
                        safe.addAll(sinceTheStart);
                        sinceTheStart.clear();
                        buffer = start();
                    }
                    // Killed: what was never left is gone, the rest is not.
                    case 1 -> {
                        sinceTheStart.clear();
                        buffer = start();
                    }
                    case 2 -> buffer.connect(journal);
                    case 3 -> buffer.settle();
                    case 4 -> {
                        buffer.secure(file(), Duration.ZERO);
                        safe.addAll(sinceTheStart);
                        sinceTheStart.clear();
                    }
                    default -> {
                        Entry entry = Entry.of(ids.get());
                        buffer.offer("c" + random.nextInt(2), entry);
                        sinceTheStart.add(entry.id());
                        buffer.pump();
                    }
                }
            }
            buffer.leave(file());
            safe.addAll(sinceTheStart);
            journal.setBroken(false);
            buffer = start();
            buffer.connect(journal);
            buffer.pump();
            buffer.settle();

            List<UUID> written = journal.entries().stream().map(Entry::id).toList();
            assertThat(written).as("seed %s", seed).containsAll(safe).doesNotHaveDuplicates();
            assertThat(path()).doesNotExist();
        }
    }

    @Test
    void whatTheJournalTakesInTimeIsNotPutIntoTheFile() throws Exception {
        RecordingJournal journal = new RecordingJournal();
        JournalBuffer buffer = start();
        buffer.connect(journal);
        buffer.offer("front", Entry.of(event()));
        buffer.pump();

        buffer.secure(file(), Duration.ZERO);

        assertThat(path()).doesNotExist();
        assertThat(journal.entries()).hasSize(1);
    }

    @Test
    void whatWaitsIsInTheFileAsLongAsItWaits() throws Exception {
        JournalBuffer buffer = start();
        buffer.offer("front", Entry.of(event()));
        buffer.offer("back", Entry.of(ids.get()));

        buffer.secure(file(), Duration.ZERO);

        assertThat(file().read()).hasSize(2);
        RecordingJournal journal = new RecordingJournal();
        buffer.connect(journal);
        buffer.pump();
        buffer.settle();
        assertThat(path()).doesNotExist();
        assertThat(journal.entries()).hasSize(2);
    }

    @Test
    void aFullDiskIsToldToWhoAsksForACheckpoint() throws IOException {
        file().write(entries());
        JournalBuffer buffer = start();
        buffer.offer("front", Entry.of(event()));
        Files.createSymbolicLink(folder().resolve("journal.jsonl.new"), Path.of("/dev/full"));

        assertThatThrownBy(() -> buffer.secure(file(), Duration.ZERO))
                .isInstanceOf(IOException.class);

        assertThat(file().read()).hasSize(3);
        assertThat(buffer.size()).isEqualTo(4);
    }

    @Test
    void aFullDiskAtTheStopLosesOnlyWhatIsNew() throws IOException {
        file().write(entries());
        JournalBuffer buffer = start();
        buffer.offer("front", Entry.of(event()));
        Files.createSymbolicLink(folder().resolve("journal.jsonl.new"), Path.of("/dev/full"));

        buffer.leave(file());

        assertThat(file().read()).hasSize(3);
    }

    private Event event() {
        return new Event(
                ids.get(),
                Event.Type.CROSSING,
                Subject.camera("front"),
                Severity.INFO,
                T,
                Optional.of("person"),
                0.75,
                OptionalLong.of(7),
                Optional.of(BOX),
                Optional.of("door"),
                Optional.empty(),
                Optional.of(Event.Direction.IN),
                "\"no\"\nnext line");
    }

    /** One of each kind. */
    private static Fact[] facts() {
        return new Fact[] {
            new Fact.Crossing("front", T, "door", "person", Event.Direction.OUT),
            new Fact.Watched("front", T, Duration.ofNanos(1_234_567_891)),
            new Fact.Occupancy("front", T, Duration.ofMillis(5), "yard", "person", 3),
            new Fact.Tracks("front", 9, T, List.of(new Fact.Tracked(7, "person", 0.5, BOX))),
            new Fact.Counters("front", T, List.of("door"), List.of("yard"), List.of("person")),
            new Fact.Snapshot("front", new byte[] {4, 5, 6}),
            new Fact.Expected("front", T, false),
            Fact.Account.blind("front", "refused", T, Duration.ofNanos(7)),
            new Fact.Measured("front", Fact.Metric.BITS_PER_SECOND, T, 4e6, 10_000),
            new Fact.StateChange(
                    "front", T, CameraState.BACKOFF, Optional.of(Cause.REFUSED), "\"no\""),
            new JournalRecord(
                    "audit", Subject.part("ingest"), T, Actor.user("anna"), "{\"a\":\"\u00fc\"}")
        };
    }
}
