package io.visionops.support.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatedTaskTest {

    @Test
    void aSchedulerGoesOnWithATaskThatThrows() throws Exception {
        CountDownLatch calls = new CountDownLatch(4);
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            var unused =
                    RepeatedTask.schedule(
                            scheduler,
                            "a test",
                            Duration.ZERO,
                            Duration.ofMillis(1),
                            () -> throwAll(calls));

            assertThat(calls.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            scheduler.shutdownNow();
        }
    }

    private static void throwAll(CountDownLatch calls) {
        calls.countDown();
        switch ((int) calls.getCount()) {
            case 3 -> throw new IllegalStateException("by the test");
            case 2 -> throw new NoClassDefFoundError("by the test");
            default -> throw new StackOverflowError("by the test");
        }
    }
}
