package io.visionops.ingest.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalException;
import io.visionops.support.journal.JournalFile;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraJournalTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    private final RecordingJournal journal = new RecordingJournal();
    private final ManualClock clock = new ManualClock(T);
    private final CameraJournal chronicle = chronicle();

    @TempDir Path folder;

    private CameraJournal chronicle() {
        return new CameraJournal(clock, clock, new Random());
    }

    /** As the next life of the part has it. */
    private JournalFile file() {
        return new JournalFile(folder);
    }

    private void tell(int number) {
        chronicle.state("c" + number, T, CameraState.STREAMING, Optional.empty(), "");
    }

    private List<String> cameras() {
        return journal.events().stream().map(Event::camera).toList();
    }

    /** A journal that keeps what it is given. */
    private static Journal answeringWith(CompletableFuture<Void> answer, List<Entry> given) {
        return entry -> {
            given.add(entry);
            return answer;
        };
    }

    @Test
    void whatHappenedWithoutAJournalIsReplayedInOrder() {
        for (int i = 0; i < 5; i++) {
            tell(i);
        }
        assertThat(chronicle.pending()).isEqualTo(5);

        chronicle.use(journal);

        assertThat(cameras()).containsExactly("c0", "c1", "c2", "c3", "c4");
        assertThat(chronicle.pending()).isZero();
    }

    @Test
    void whatTheJournalRefusedIsTriedAgain() {
        chronicle.use(journal);
        journal.setBroken(true);
        tell(0);
        tell(1);
        assertThat(cameras()).isEmpty();

        journal.setBroken(false);
        clock.advance(Duration.ofMillis(100));
        chronicle.retry();

        assertThat(cameras()).containsExactly("c0", "c1");
    }

    @Test
    void aFullBufferLosesTheOldest() {
        for (int i = 0; i < CameraJournal.CAPACITY + 10; i++) {
            tell(i);
        }

        chronicle.use(journal);

        assertThat(cameras()).hasSize(CameraJournal.CAPACITY).startsWith("c10").endsWith("c1009");
    }

    @Test
    void anAnswerThatNeverComesIsForgottenWithItsJournal() {
        List<Entry> swallowed = new ArrayList<>();
        chronicle.use(answeringWith(new CompletableFuture<>(), swallowed));
        tell(0);
        tell(1);
        assertThat(swallowed).hasSize(1);

        chronicle.use(journal);

        assertThat(journal.entries()).hasSize(2).startsWith(swallowed.get(0));
    }

    @Test
    void aJournalThatThrowsIsAsGoodAsOneThatFails() {
        chronicle.use(
                entry -> {
                    throw new JournalException("closed");
                });
        tell(0);
        chronicle.use(
                entry -> {
                    throw new NoClassDefFoundError("its bundle is being replaced");
                });
        tell(1);

        chronicle.use(journal);

        assertThat(cameras()).containsExactly("c0", "c1");
    }

    @Test
    void whatWasNotAcknowledgedIsLeftAndGivenAgainWithTheSameIds() {
        List<Entry> swallowed = new ArrayList<>();
        chronicle.use(answeringWith(new CompletableFuture<>(), swallowed));
        tell(0);
        tell(1);

        chronicle.leave(file());
        CameraJournal next = chronicle();
        next.resume(file(), List.of());
        var unused = journal.append(swallowed.get(0));
        next.use(journal);

        assertThat(journal.entries()).startsWith(swallowed.get(0));
        assertThat(cameras()).containsExactly("c0", "c1");
    }

    @Test
    void whatIsLeftComesBeforeWhatIsPendingEvenIfThatIsWithTheJournal() {
        CompletableFuture<Void> late = new CompletableFuture<>();
        tell(0);
        chronicle.leave(file());
        CameraJournal next = chronicle();
        List<Entry> given = new ArrayList<>();
        next.use(answeringWith(late, given));
        next.state("c1", T, CameraState.STREAMING, Optional.empty(), "");
        assertThat(given).hasSize(1);

        next.resume(file(), List.of());
        next.use(journal);

        assertThat(cameras()).containsExactly("c0", "c1");
        assertThat(next.pending()).isZero();
    }

    @Test
    void anAnswerAfterTheEndSendsNothingMore() {
        List<Entry> taken = new ArrayList<>();
        CompletableFuture<Void> late = new CompletableFuture<>();
        chronicle.use(answeringWith(late, taken));
        tell(0);
        tell(1);

        chronicle.leave(file());
        late.complete(null);

        assertThat(taken).hasSize(1);
    }

    @Test
    void whatIsLeftBeyondTheBoundLosesTheOldest() {
        List<Entry> older = new ArrayList<>();
        for (int i = 0; i < CameraJournal.CAPACITY + 10; i++) {
            tell(i);
        }
        chronicle.leave(file());
        chronicle.use(answeringWith(new CompletableFuture<>(), older));

        CameraJournal next = chronicle();
        next.resume(file(), older);
        next.use(journal);

        assertThat(cameras()).hasSize(CameraJournal.CAPACITY).startsWith("c10").endsWith("c1009");
    }

    @Test
    void anEntryThatIsRefusedForGoodHoldsUpNoOther() {
        tell(0);
        tell(1);
        List<UUID> refused = new ArrayList<>();
        chronicle.use(
                entry -> {
                    if (refused.isEmpty()) {
                        refused.add(entry.id());
                        return CompletableFuture.failedFuture(
                                new EntryRefusedException("by the test", new Exception()));
                    }
                    return journal.append(entry);
                });
        tell(2);

        assertThat(cameras()).containsExactly("c1", "c2");
        assertThat(chronicle.pending()).isZero();
    }

    @Test
    void entriesStayOnDiskUntilTheJournalHasThem() {
        tell(0);
        tell(1);
        chronicle.leave(file());

        // Started while the store is blocked, and killed.
        chronicle().resume(file(), List.of());

        CameraJournal next = chronicle();
        next.resume(file(), List.of());
        next.use(journal);
        next.retry();
        assertThat(cameras()).containsExactly("c0", "c1");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theDetailSaysStateCauseAndWhatWasSeen() {
        chronicle.use(journal);

        chronicle.state(
                "front",
                T,
                CameraState.BACKOFF,
                Optional.of(new Fault(Cause.REFUSED, "nothing listens at its port")),
                "");

        assertThat(journal.events().get(0).detail())
                .isEqualTo("BACKOFF: the camera refuses connections (nothing listens at its port)");
        assertThat(journal.events().get(0).id().version()).isEqualTo(7);
    }
}
