package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeQueueTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ChangeQueue changes = new ChangeQueue();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        blocked.countDown();
        assertThat(changes.close(PATIENCE)).isTrue();
    }

    /** The thread is busy until that is over. */
    private void block() {
        CountDownLatch begun = new CountDownLatch(1);
        changes.submit(
                () -> {
                    begun.countDown();
                    await(blocked);
                });
        await(begun);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneChangeComesAfterTheOtherAndWhatIsDeferredAfterThoseThatWait() throws Exception {
        block();
        changes.submit(() -> changes.defer(() -> done.add("rest of first")));
        changes.submit(() -> done.add("second"));
        blocked.countDown();

        changes.call(() -> null, PATIENCE);
        assertThat(changes.call(() -> done.size(), PATIENCE)).isEqualTo(2);
        assertThat(done).containsExactly("second", "rest of first");
    }

    @Test
    void aChangeThatFailsIsNotTheEndOfOthers() throws Exception {
        changes.submit(
                () -> {
                    throw new IllegalArgumentException("broken by the test");
                });
        changes.submit(() -> done.add("second"));

        assertThat(changes.call(() -> List.copyOf(done), PATIENCE)).containsExactly("second");
    }

    @Test
    void whoAsksBetweenChangesHasALimitAndGetsTheFailure() {
        assertThatThrownBy(
                        () ->
                                changes.call(
                                        () -> {
                                            throw new IllegalArgumentException("broken");
                                        },
                                        PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("broken");
        block();
        assertThatThrownBy(() -> changes.call(() -> 1, Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void afterTheEndWhatWaitsIsLeftOutAndWhatWasDeferredIsDone() throws Exception {
        block();
        changes.submit(() -> done.add("too late"));
        changes.defer(() -> done.add("rest"));

        assertThat(changes.close(Duration.ofMillis(1))).isFalse();
        blocked.countDown();
        assertThat(changes.close(PATIENCE)).isTrue();
        changes.submit(() -> done.add("much too late"));
        changes.defer(() -> done.add("late rest"));

        assertThat(done).containsExactly("rest", "late rest");
        assertThatThrownBy(() -> changes.call(() -> 1, PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("ingest is being stopped");
    }
}
