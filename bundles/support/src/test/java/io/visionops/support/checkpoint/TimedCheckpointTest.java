package io.visionops.support.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.subject.Actor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TimedCheckpointTest {

    private static final Actor ANNA = Actor.user("anna");

    private static CheckpointResult ask(Duration deadline, TimedCheckpoint.Saving saving) {
        try (TimedCheckpoint action = new TimedCheckpoint("store", deadline, saving)) {
            return action.checkpoint("an update", ANNA);
        }
    }

    @Test
    void whatThePartSaysIsTheResultAndItKnowsHowLongItMayWait() {
        CheckpointResult result =
                ask(
                        Duration.ofSeconds(20),
                        limit ->
                                new CheckpointResult(
                                        List.of("b", "a"), Map.of("c", "within " + limit)));

        assertThat(result.committed()).containsExactly("a", "b");
        assertThat(result.failed()).containsExactly(Map.entry("c", "within PT19S"));
        assertThat(result.done()).isFalse();
    }

    @Test
    void aPartThatThrowsHasNotSaved() {
        assertThat(
                        ask(
                                Duration.ofSeconds(20),
                                limit -> {
                                    throw new IOException("disk full");
                                }))
                .isEqualTo(CheckpointResult.failed("store", "disk full"));
    }

    @Test
    void aPartThatHangsIsGivenUpAtTheDeadline() {
        CountDownLatch never = new CountDownLatch(1);

        CheckpointResult result =
                ask(
                        Duration.ofMillis(1050),
                        limit -> {
                            never.await();
                            return CheckpointResult.committed("store");
                        });

        assertThat(result.failed().get("store")).startsWith("not done within");
    }
}
