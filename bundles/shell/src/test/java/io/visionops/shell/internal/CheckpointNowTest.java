package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CheckpointNowTest extends ShellTest {

    private void offer(String part, Supplier<CheckpointResult> saving) {
        console.offer(
                CheckpointAction.class,
                new CheckpointAction() {
                    @Override
                    public String name() {
                        return part;
                    }

                    @Override
                    public Duration deadline() {
                        return Duration.ofSeconds(20);
                    }

                    @Override
                    public CheckpointResult checkpoint(String reason, Actor by) {
                        return saving.get();
                    }
                });
    }

    @Test
    void allPartsAreAskedSideBySideAndEachOwnerIsListed() {
        CyclicBarrier both = new CyclicBarrier(2);
        offer(
                "inference",
                () -> {
                    meet(both);
                    return new CheckpointResult(
                            List.of("inference.yard", "inference.front"), Map.of());
                });
        offer(
                "store",
                () -> {
                    meet(both);
                    return CheckpointResult.committed("store");
                });

        String table = console.run("checkpoint-now");

        assertThat(table.lines().skip(2))
                .satisfiesExactly(
                        first -> assertThat(first).contains("inference.front", "saved", " ms"),
                        second -> assertThat(second).contains("inference.yard", "saved"),
                        third -> assertThat(third).contains("store", "saved"));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void onePartThatCannotSaveFailsTheCommandAndTheOthersAreSaved() {
        offer("store", () -> CheckpointResult.committed("store"));
        offer(
                "ingest",
                () -> {
                    throw new IllegalStateException("broken");
                });
        offer(
                "inference",
                () ->
                        new CheckpointResult(
                                List.of("inference.front"),
                                Map.of("inference.yard", "the database is away")));

        assertThat(console.fail("checkpoint-now"))
                .contains("inference.front", "the database is away", "broken", "saved")
                .endsWith("not saved: inference.yard, ingest\n");
        assertThat(console.fail("checkpoint-now --json"))
                .contains(
                        "{\"part\":\"inference\",\"owner\":\"inference.yard\",\"saved\":false,"
                                + "\"detail\":\"the database is away\",\"tookMs\":");
    }

    @Test
    void withoutAnyPartTheCommandFails() {
        assertThat(console.fail("checkpoint-now"))
                .endsWith("no part is there that has something to save\n");
    }
}
