package io.visionops.support.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CheckpointRoundTest {

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

        assertThat(failed(parts, Duration.ofSeconds(10)))
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

        assertThat(failed(parts, Duration.ofMillis(300))).containsOnlyKeys("inference");
    }

    private static Map<String, String> failed(List<CheckpointAction> parts, Duration most)
            throws InterruptedException {
        Map<String, String> failed = new TreeMap<>();
        CheckpointRound.ask(parts, most, "a test", TEST)
                .forEach(saved -> failed.putAll(saved.result().failed()));
        return failed;
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
