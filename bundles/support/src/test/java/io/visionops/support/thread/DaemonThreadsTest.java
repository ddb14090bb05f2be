package io.visionops.support.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {

    private static final Duration IDLE = Duration.ofMillis(50);

    private final List<ExecutorService> pools = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void end() {
        release.countDown();
        pools.forEach(ExecutorService::shutdownNow);
    }

    @Test
    void everyThreadIsADaemonWithItsName() throws Exception {
        List<ExecutorService> made =
                List.of(
                        DaemonThreads.pool("visionops-test-a", 1, 1, IDLE),
                        DaemonThreads.inOrder("visionops-test-b"),
                        DaemonThreads.scheduler("visionops-test-c"),
                        DaemonThreads.pool("visionops-test-d", 2, 0, IDLE));
        pools.addAll(made);
        List<String> names = new ArrayList<>();

        for (ExecutorService pool : made) {
            Thread thread = pool.submit(Thread::currentThread).get(10, TimeUnit.SECONDS);
            assertThat(thread.isDaemon()).isTrue();
            names.add(thread.getName());
        }

        assertThat(names)
                .containsExactly(
                        "visionops-test-a",
                        "visionops-test-b",
                        "visionops-test-c",
                        "visionops-test-d-1");
        assertThat(DaemonThreads.create("visionops-test-e", () -> {}).isDaemon()).isTrue();
    }

    @Test
    void aPoolTakesNoMoreThanItsThreadsAndItsQueueHold() {
        ThreadPoolExecutor queued = keep(DaemonThreads.pool("visionops-test", 2, 1, IDLE));
        ThreadPoolExecutor direct = keep(DaemonThreads.pool("visionops-test", 2, 0, IDLE));
        for (int i = 0; i < 3; i++) {
            queued.execute(this::await);
        }
        for (int i = 0; i < 2; i++) {
            direct.execute(this::await);
        }

        assertThat(queued.getPoolSize()).isEqualTo(2);
        assertThatThrownBy(() -> queued.execute(this::await))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> direct.execute(this::await))
                .isInstanceOf(RejectedExecutionException.class);
    }

    /** A child process dies with the thread that has started it. */
    @Test
    void theThreadOfTasksInOrderStaysTheSame() throws Exception {
        ThreadPoolExecutor pool = keep(DaemonThreads.inOrder("visionops-test"));

        Thread first = pool.submit(Thread::currentThread).get(10, TimeUnit.SECONDS);

        assertThat(pool.allowsCoreThreadTimeOut()).isFalse();
        assertThat(pool.submit(Thread::currentThread).get(10, TimeUnit.SECONDS)).isSameAs(first);
    }

    private ThreadPoolExecutor keep(ThreadPoolExecutor pool) {
        pools.add(pool);
        return pool;
    }

    private void await() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
