package io.visionops.inference.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.journal.JournalException;
import io.visionops.inference.internal.track.TrackerState;
import io.visionops.testkit.InMemoryCheckpoints;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CameraCheckpointsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(NOW);
    private final InMemoryCheckpoints database = new InMemoryCheckpoints();
    private final AnalysisCheckpoints all = new AnalysisCheckpoints(clock, Duration.ZERO);
    private final CameraCheckpoints checkpoints = new CameraCheckpoints("front", all, clock);
    private final CameraMemory memory =
            new CameraMemory(7, NOW, new TrackerState(TrackerState.VERSION, 42, List.of()), null);
    private Optional<CameraMemory> known = Optional.of(memory);
    private int flushes;

    @Test
    void oneIsSavedEveryHalfMinute() {
        all.connect(database);
        for (int seconds = 0; seconds < 95; seconds++) {
            pass();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(database.history()).hasSize(3);
        assertThat(flushes).isZero();
    }

    @Test
    void oneThatIsAskedForIsSavedAtTheNextPassAndTold() {
        all.connect(database);
        CompletableFuture<Boolean> first = checkpoints.request();
        CompletableFuture<Boolean> second = checkpoints.request();
        assertThat(first).isNotDone();

        pass();

        assertThat(first).isCompletedWithValue(true);
        assertThat(second).isCompletedWithValue(true);
        assertThat(database.history()).hasSize(1);
        assertThat(flushes).isEqualTo(1);
    }

    @Test
    void afterOneThatWasAskedForTheNextIsDueHalfAMinuteLater() {
        all.connect(database);
        clock.advance(Duration.ofSeconds(29));
        checkpoints.request();
        pass();

        clock.advance(Duration.ofSeconds(29));
        pass();
        assertThat(database.history()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        pass();
        assertThat(database.history()).hasSize(2);
    }

    @Test
    void whoAsksIsToldThatThereIsNothingToSave() {
        all.connect(database);
        known = Optional.empty();
        CompletableFuture<Boolean> asked = checkpoints.request();

        pass();

        assertThat(asked).isCompletedWithValue(false);
        assertThat(database.history()).isEmpty();
    }

    @Test
    void whoAsksIsToldThatThereIsNoDatabase() {
        CompletableFuture<Boolean> asked = checkpoints.request();

        pass();

        assertThat(asked)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(JournalException.class)
                .withMessage("there is no database");
    }

    @Test
    void whoAsksWaitsForTheDatabaseAndIsToldThatItFailed() {
        CompletableFuture<Void> written = new CompletableFuture<>();
        all.connect(new SlowCheckpoints(written));
        CompletableFuture<Boolean> asked = checkpoints.request();
        pass();
        assertThat(asked).isNotDone();
        assertThat(checkpoints.last()).isNotDone();

        written.completeExceptionally(new JournalException("disk full"));

        assertThat(asked).isCompletedExceptionally();
    }

    @Test
    void theLastOneSaysSo() throws InterruptedException {
        checkpoints.saveLast(memory);

        assertThat(all.recall("front")).contains(memory.asLast());
    }

    @Test
    void whoAsksAtTheEndIsToldHowTheLastOneWent() {
        all.connect(database);
        CompletableFuture<Boolean> before = checkpoints.request();

        checkpoints.saveLast(memory);
        checkpoints.end(true);

        assertThat(before).isCompletedWithValue(true);
        assertThat(checkpoints.request()).isCompletedWithValue(true);
    }

    @Test
    void ofAThreadThatWasGivenUpNothingWasSaved() {
        all.connect(database);
        CompletableFuture<Boolean> asked = checkpoints.request();

        checkpoints.end(false);

        assertThat(asked).isCompletedWithValue(false);
    }

    private void pass() {
        checkpoints.saveWhenDue(() -> flushes++, () -> known);
    }

    /** Writes when the test says so. */
    private record SlowCheckpoints(CompletableFuture<Void> written) implements Checkpoints {

        @Override
        public CompletableFuture<Void> save(Checkpoint checkpoint) {
            return written;
        }

        @Override
        public Optional<Checkpoint> latest(String owner) {
            return Optional.empty();
        }

        @Override
        public Optional<Checkpoint> latest(String owner, int version) {
            return Optional.empty();
        }

        @Override
        public List<Info> history() {
            return List.of();
        }
    }
}
