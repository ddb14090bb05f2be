package io.visionops.support.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalException;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import io.visionops.support.TimeOrderedIds;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JournalBufferTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(1));
    private final RecordingJournal journal = new RecordingJournal();
    private final JournalBuffer buffer = new JournalBuffer(clock, ids, 10, 1000);
    private final List<Entry> offered = new ArrayList<>();

    @Test
    void entriesAreWrittenInTheirOrderAndForgotten() {
        buffer.connect(journal);

        events(5);
        buffer.pump();

        assertThat(journal.entries()).containsExactlyElementsOf(offered);
        assertThat(buffer.size()).isZero();
    }

    @Test
    void whoOfferedAnEntryIsToldWhenItIsWritten() {
        List<String> told = new ArrayList<>();
        buffer.offer("front", Entry.of(newEvent()), () -> told.add("written"));
        buffer.pump();
        assertThat(told).isEmpty();

        buffer.connect(journal);
        buffer.pump();

        assertThat(told).containsExactly("written");
    }

    @Test
    void withoutAJournalEntriesAreKeptAndWrittenWhenOneComes() {
        events(3);
        buffer.pump();
        assertThat(buffer.size()).isEqualTo(3);

        buffer.connect(journal);
        buffer.pump();

        assertThat(journal.entries()).containsExactlyElementsOf(offered);
    }

    @Test
    void afterAFailureTheSameEntriesAreTriedAgainWithGrowingPauses() {
        buffer.connect(journal);
        journal.setBroken(true);
        events(3);

        buffer.pump();
        journal.setBroken(false);
        buffer.pump();
        assertThat(journal.entries()).isEmpty();

        clock.advance(Duration.ofMillis(100));
        buffer.pump();
        assertThat(journal.entries()).containsExactlyElementsOf(offered);
    }

    @Test
    void thePauseDoublesUpToFiveSecondsAndIsShortAgainAfterASuccess() {
        CountingJournal failing = new CountingJournal();
        buffer.connect(failing);
        events(1);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            buffer.pump();
            long pause = 0;
            for (int calls = failing.calls; failing.calls == calls; pause += 100) {
                clock.advance(Duration.ofMillis(100));
                buffer.pump();
            }
            pauses.add(pause);
        }
        assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);

        failing.works = true;
        clock.advance(Duration.ofSeconds(5));
        buffer.pump();
        failing.works = false;
        events(1);
        buffer.pump();
        int calls = failing.calls;
        clock.advance(Duration.ofMillis(100));
        buffer.pump();

        assertThat(failing.calls).isEqualTo(calls + 1);
    }

    @Test
    void anEntryIsSentWhenTheOneBeforeItIsWritten() {
        SlowJournal slow = new SlowJournal();
        buffer.connect(slow);
        events(2);
        buffer.pump();
        assertThat(slow.sent).containsExactlyElementsOf(offered.subList(0, 1));

        slow.write(0);
        buffer.pump();

        assertThat(slow.sent).containsExactlyElementsOf(offered);
    }

    @Test
    void camerasDoNotWaitForEachOther() {
        SlowJournal slow = new SlowJournal();
        buffer.connect(slow);
        events(2);
        buffer.offer("back", Entry.of(newEvent()));

        buffer.pump();

        assertThat(slow.sent).hasSize(2);
    }

    @Test
    void whatWasSentAndNotAnsweredGoesToTheNextJournal() {
        SlowJournal leaving = new SlowJournal();
        buffer.connect(leaving);
        events(3);
        buffer.pump();
        leaving.write(0);
        buffer.pump();

        buffer.disconnect(leaving);
        buffer.connect(journal);
        buffer.pump();
        leaving.fail(1);

        assertThat(journal.entries()).containsExactlyElementsOf(offered.subList(1, 3));
        assertThat(buffer.size()).isZero();
    }

    @Test
    void anAnswerThatIsTooLateChangesNothing() {
        SlowJournal leaving = new SlowJournal();
        SlowJournal next = new SlowJournal();
        buffer.connect(leaving);
        events(1);
        buffer.pump();

        buffer.disconnect(leaving);
        buffer.connect(next);
        buffer.pump();
        leaving.write(0);
        assertThat(buffer.size()).isEqualTo(1);
        next.write(0);

        assertThat(buffer.size()).isZero();
    }

    @Test
    void anEntryThatCanNeverBeWrittenIsGivenUpAndLosesNoOther() {
        events(3);
        Entry poison = offered.get(1);
        buffer.connect(
                entry ->
                        entry.id().equals(poison.id())
                                ? CompletableFuture.failedFuture(new JournalException("never"))
                                : journal.append(entry));

        pumpFor(Duration.ofMinutes(1));

        assertThat(journal.events())
                .containsExactly(
                        offered.get(0).event().orElseThrow(), offered.get(2).event().orElseThrow());
        assertThat(buffer.droppedEvents()).isEqualTo(1);
    }

    @Test
    void anEntryThatIsRefusedForGoodIsDroppedAtOnceAndCounted() {
        events(3);
        Entry poison = offered.get(1);
        List<Entry> given = new ArrayList<>();
        buffer.connect(
                entry -> {
                    given.add(entry);
                    return entry.id().equals(poison.id())
                            ? CompletableFuture.failedFuture(
                                    new EntryRefusedException("never", new Exception()))
                            : journal.append(entry);
                });

        buffer.pump();

        assertThat(given).containsExactlyElementsOf(offered);
        assertThat(journal.entries()).hasSize(2);
        assertThat(buffer.refused()).isEqualTo(1);
        assertThat(buffer.droppedEvents()).isEqualTo(1);
        assertThat(buffer.size()).isZero();
    }

    @Test
    void inALongOutageNothingIsGivenUp() {
        buffer.connect(journal);
        journal.setBroken(true);
        events(3);
        pumpFor(Duration.ofHours(1));

        journal.setBroken(false);
        pumpFor(Duration.ofSeconds(10));

        assertThat(journal.events())
                .extracting(Event::id)
                .containsExactlyElementsOf(offered.stream().map(Entry::id).toList());
        assertThat(buffer.droppedEvents()).isZero();
    }

    @Test
    void aLeavingJournalDoesNotTakeItsSuccessorAlong() {
        buffer.connect(new SlowJournal());
        SlowJournal old = new SlowJournal();
        buffer.connect(old);
        buffer.connect(journal);

        buffer.disconnect(old);
        events(1);
        buffer.pump();

        assertThat(journal.entries()).hasSize(1);
    }

    @Test
    void aJournalThatDoesNotAnswerIsAskedAgainAfterTenSeconds() {
        SlowJournal silent = new SlowJournal();
        buffer.connect(silent);
        events(2);
        buffer.pump();

        clock.advance(Duration.ofSeconds(10));
        buffer.pump();
        clock.advance(Duration.ofMillis(100));
        buffer.pump();
        assertThat(silent.sent).hasSize(2);
        silent.write(1);
        buffer.pump();
        silent.write(2);

        assertThat(buffer.size()).isZero();
    }

    @Test
    void aJournalThatThrowsIsAsGoodAsOneThatRefuses() {
        boolean[] works = {false};
        buffer.connect(
                entry -> {
                    if (!works[0]) {
                        throw new IllegalStateException("stopped");
                    }
                    return journal.append(entry);
                });
        events(2);
        buffer.pump();

        works[0] = true;
        clock.advance(Duration.ofMillis(100));
        buffer.pump();

        assertThat(journal.entries()).containsExactlyElementsOf(offered);
    }

    @Test
    void whenFullTheOldestWithoutAnEventGoFirstAndAreCounted() {
        facts(6);
        events(4);
        List<Entry> kept = new ArrayList<>(offered.subList(3, 10));

        events(3);
        kept.addAll(offered.subList(10, 13));
        buffer.connect(journal);
        buffer.pump();

        assertThat(journal.entries()).containsExactlyElementsOf(kept);
        assertThat(buffer.droppedFacts()).isEqualTo(3);
        assertThat(buffer.droppedEvents()).isZero();
    }

    @Test
    void whenFullOfEventsTheOldestGoes() {
        events(12);
        buffer.connect(journal);
        buffer.pump();

        assertThat(journal.entries()).containsExactlyElementsOf(offered.subList(2, 12));
        assertThat(buffer.droppedEvents()).isEqualTo(2);
    }

    @Test
    void picturesAreLimitedByTheirBytes() {
        for (int i = 0; i < 4; i++) {
            event(new Fact.Snapshot("front", new byte[400]));
        }
        buffer.connect(journal);
        buffer.pump();

        assertThat(journal.events()).hasSize(4);
        assertThat(journal.entries())
                .extracting(entry -> entry.facts().size())
                .containsExactly(1, 1, 0, 0);
        assertThat(buffer.droppedPictures()).isEqualTo(2);

        event(new Fact.Snapshot("front", new byte[900]));
        buffer.pump();
        assertThat(buffer.droppedPictures()).isEqualTo(2);
    }

    @Test
    void aJournalThatFailsAtRandomGetsEverythingOnceAndInOrder() {
        Random random = new Random(3);
        JournalBuffer large = new JournalBuffer(clock, ids, 10_000, 1000);
        Journal moody =
                entry ->
                        random.nextInt(3) == 0
                                ? CompletableFuture.failedFuture(new JournalException("moody"))
                                : journal.append(entry);
        large.connect(moody);
        for (int i = 0; i < 500; i++) {
            Entry entry = Entry.of(newEvent());
            offered.add(entry);
            large.offer("front", entry);
            clock.advance(Duration.ofMillis(random.nextInt(100)));
            large.pump();
        }
        while (large.size() > 0) {
            clock.advance(Duration.ofSeconds(5));
            large.pump();
        }

        assertThat(journal.events())
                .extracting(Event::id)
                .containsExactlyElementsOf(offered.stream().map(Entry::id).toList());
    }

    private void pumpFor(Duration time) {
        for (long passed = 0; passed < time.toMillis(); passed += 100) {
            buffer.pump();
            clock.advance(Duration.ofMillis(100));
        }
    }

    private void events(int count) {
        for (int i = 0; i < count; i++) {
            offer(Entry.of(newEvent()));
        }
    }

    private void event(Fact... facts) {
        offer(Entry.of(newEvent(), facts));
    }

    private void facts(int count) {
        for (int i = 0; i < count; i++) {
            offer(Entry.of(ids.get(), new Fact.Watched("front", START, Duration.ofSeconds(1))));
        }
    }

    private void offer(Entry entry) {
        offered.add(entry);
        buffer.offer("front", entry);
    }

    private Event newEvent() {
        return new Event(
                ids.get(),
                Event.Type.CROSSING,
                Subject.camera("front"),
                Severity.INFO,
                START,
                Optional.of("person"),
                0.9,
                OptionalLong.of(1),
                Optional.of(new Box(0, 0, 1, 1)),
                Optional.of("door"),
                Optional.empty(),
                Optional.of(Event.Direction.IN),
                "");
    }

    /** Answers when and how the test says. */
    private static final class SlowJournal implements Journal {

        private final List<Entry> sent = new ArrayList<>();
        private final List<CompletableFuture<Void>> answers = new ArrayList<>();

        @Override
        public CompletableFuture<Void> append(Entry entry) {
            sent.add(entry);
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        }

        void write(int index) {
            answers.get(index).complete(null);
        }

        void fail(int index) {
            answers.get(index).completeExceptionally(new JournalException("by the test"));
        }
    }

    /** Counts the calls. */
    private static final class CountingJournal implements Journal {

        private int calls;
        private boolean works;

        @Override
        public CompletableFuture<Void> append(Entry entry) {
            calls++;
            return works
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(new JournalException("by the test"));
        }
    }
}
