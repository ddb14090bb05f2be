package io.visionops.inference.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.inference.internal.track.TrackerState;
import io.visionops.testkit.InMemoryCheckpoints;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnalysisCheckpointsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(NOW);
    private final InMemoryCheckpoints checkpoints = new InMemoryCheckpoints();
    private final AnalysisCheckpoints memories = new AnalysisCheckpoints(clock, Duration.ZERO);
    private final CameraMemory memory =
            new CameraMemory(
                    7,
                    NOW.minusMillis(1),
                    new TrackerState(TrackerState.VERSION, 42, List.of()),
                    null);

    @Test
    void aCameraThatWasNeverAnalysedHasNone() throws InterruptedException {
        memories.connect(checkpoints);

        assertThat(memories.recall("front")).isEmpty();
    }

    @Test
    void aMemoryIsReadBackFromItsCheckpoint() throws InterruptedException {
        memories.connect(checkpoints);
        assertThat(memories.keep("front", memory)).isCompleted();

        AnalysisCheckpoints next = new AnalysisCheckpoints(clock, Duration.ZERO);
        next.connect(checkpoints);

        assertThat(next.recall("front")).contains(memory);
        assertThat(next.recall("back")).isEmpty();
        assertThat(checkpoints.latest("inference.front").orElseThrow().time()).isEqualTo(NOW);
    }

    @Test
    void aMemoryNeedsNoCheckpointsWithinTheSameLife() throws InterruptedException {
        memories.keep("front", memory);

        assertThat(memories.recall("front")).contains(memory);
    }

    @Test
    void withoutCheckpointsIdentitiesContinueByTheClock() throws InterruptedException {
        assertThat(memories.recall("front").orElseThrow().tracker().nextId())
                .isEqualTo(NOW.getEpochSecond());
    }

    @Test
    void checkpointsThatComeWhileACameraWaitsAreUsed() throws InterruptedException {
        AnalysisCheckpoints patient = new AnalysisCheckpoints(clock, Duration.ofMinutes(1));
        Thread arrival = new Thread(() -> patient.connect(checkpoints));
        arrival.start();

        assertThat(patient.recall("front")).isEmpty();
        arrival.join();
    }

    @Test
    void aDocumentThatCannotBeReadCostsTheObjectsAndNoIdentity() throws InterruptedException {
        for (Checkpoint unreadable :
                List.of(
                        new Checkpoint("inference.front", 1, NOW, "{"),
                        new Checkpoint("inference.front", 1, NOW, "{}"),
                        new Checkpoint("inference.front", 1, NOW, "null"),
                        new Checkpoint("inference.front", 2, NOW, "{}"),
                        new Checkpoint(
                                "inference.front",
                                1,
                                NOW,
                                "{\"capturedAt\":\"yesterday\",\"tracker\":{\"version\":1}}"))) {
            checkpoints.save(unreadable);
            AnalysisCheckpoints next = new AnalysisCheckpoints(clock, Duration.ZERO);
            next.connect(checkpoints);

            assertThat(next.recall("front").orElseThrow().tracker().nextId())
                    .as(unreadable.toString())
                    .isEqualTo(NOW.getEpochSecond());
        }
    }

    @Test
    void theLatestOfThisVersionCountsBehindThoseOfAnotherAndGivesNoIdentityTwice()
            throws InterruptedException {
        memories.connect(checkpoints);
        assertThat(memories.keep("front", memory)).isCompleted();
        checkpoints.save(new Checkpoint("inference.front", 2, NOW, "{\"of\":\"two\"}"));
        checkpoints.save(new Checkpoint("inference.front", 2, NOW, "of two, and no JSON"));
        checkpoints.save(new Checkpoint("inference.back", 1, NOW, "{}"));
        AnalysisCheckpoints next = new AnalysisCheckpoints(clock, Duration.ZERO);
        next.connect(checkpoints);

        assertThat(next.recall("front"))
                .contains(
                        new CameraMemory(
                                memory.sequence(),
                                memory.capturedAt(),
                                new TrackerState(
                                        TrackerState.VERSION, NOW.getEpochSecond(), List.of()),
                                null));
    }

    @Test
    void theOtherVersionFindsItsOwnWhenItReturns() throws InterruptedException {
        Checkpoint ofTwo = new Checkpoint("inference.front", 2, NOW, "{\"of\":\"two\"}");
        checkpoints.save(ofTwo);
        memories.connect(checkpoints);

        assertThat(memories.recall("front")).isPresent();
        assertThat(memories.keep("front", memory)).isCompleted();

        assertThat(checkpoints.latest("inference.front", 2)).contains(ofTwo);
    }

    @Test
    void fieldsOfANewerReleaseArePassedOver() throws InterruptedException {
        checkpoints.save(
                new Checkpoint(
                        "inference.front",
                        1,
                        NOW,
                        "{\"sequence\":7,\"mood\":\"good\",\"capturedAt\":\"2026-01-01T00:00:00Z\","
                                + "\"tracker\":{\"version\":1,\"nextId\":9,\"tracks\":[]}}"));
        memories.connect(checkpoints);

        assertThat(memories.recall("front").orElseThrow().tracker().nextId()).isEqualTo(9);
    }

    @Test
    void checkpointsThatBreakAreAsGoodAsNone() throws InterruptedException {
        memories.connect(new Broken());

        assertThat(memories.keep("back", memory)).isCompletedExceptionally();
        assertThat(memories.recall("front").orElseThrow().tracker().nextId())
                .isEqualTo(NOW.getEpochSecond());
        assertThat(memories.recall("back")).contains(memory);
    }

    /** Throws, as a service does that is being stopped. */
    private static final class Broken implements Checkpoints {

        @Override
        public CompletableFuture<Void> save(Checkpoint checkpoint) {
            throw new IllegalStateException("stopped");
        }

        @Override
        public Optional<Checkpoint> latest(String owner) {
            throw new IllegalStateException("stopped");
        }

        @Override
        public Optional<Checkpoint> latest(String owner, int version) {
            throw new IllegalStateException("stopped");
        }

        @Override
        public List<Info> history() {
            return List.of();
        }
    }
}
