package io.visionops.health.internal.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StateSavingTest {

    private static final Actor TEST = Actor.user("test");

    @Test
    void everyPartIsAskedAndWhatFailsIsNamed() throws InterruptedException {
        List<CheckpointAction> parts =
                List.of(
                        part("store", () -> CheckpointResult.committed("store")),
                        part("ingest", () -> CheckpointResult.failed("ingest", "the disk is full")),
                        part(
                                "inference",
                                () -> {
                                    throw new IllegalStateException("broken");
                                }));

        assertThat(StateSaving.save(parts, "a test", TEST, Duration.ofSeconds(10)))
                .containsEntry("ingest", "the disk is full")
                .hasEntrySatisfying("inference", why -> assertThat(why).contains("broken"))
                .hasSize(2);
    }

    @Test
    void onePartThatHangsHoldsUpNothing() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        List<CheckpointAction> parts =
                List.of(
                        part(
                                "inference",
                                () -> {
                                    try {
                                        never.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    return CheckpointResult.committed("inference");
                                }),
                        part("store", () -> CheckpointResult.committed("store")));

        assertThat(StateSaving.save(parts, "a test", TEST, Duration.ofMillis(300)))
                .containsOnlyKeys("inference");
    }

    private static CheckpointAction part(String name, Supplier<CheckpointResult> answer) {
        return new CheckpointAction() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration deadline() {
                return Duration.ofSeconds(1);
            }

            @Override
            public CheckpointResult checkpoint(String reason, Actor by) {
                return answer.get();
            }
        };
    }
}
