package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoppableThreadTest {

    private static final long LIMIT = TimeUnit.SECONDS.toNanos(20);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @AfterEach
    void end() {
        go.countDown();
    }

    @Test
    void aRequestEndsAWait() throws InterruptedException {
        StoppableThread thread = new StoppableThread("visionops-test", this::await);
        thread.start();
        begun.await();

        thread.requestStop();

        assertThat(thread.awaitEnd(LIMIT)).isTrue();
        assertThat(interrupted).isTrue();
        assertThat(thread.hasEnded()).isTrue();
    }

    @Test
    void aRequestLetsTheWorkAtHandBeFinished() throws InterruptedException {
        StoppableThread thread = worker();
        thread.start();
        begun.await();

        thread.requestStop();
        assertThat(thread.isStopping()).isTrue();
        assertThat(thread.hasEnded()).isFalse();
        go.countDown();

        assertThat(thread.awaitEnd(LIMIT)).isTrue();
        assertThat(interrupted).isFalse();
    }

    @Test
    void whoInsistsInterruptsTheWork() throws InterruptedException {
        StoppableThread thread = worker();
        thread.start();
        begun.await();

        thread.insist();

        assertThat(thread.awaitEnd(LIMIT)).isTrue();
        assertThat(interrupted).isTrue();
    }

    @Test
    void anInterruptThatWasMeantForTheWaitBeforeDoesNotReachTheWork() {
        StoppableThread thread = new StoppableThread("visionops-test", () -> {});

        Thread.currentThread().interrupt();
        thread.beginWork();

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aPauseEndsWithTheRequest() throws InterruptedException {
        StoppableThread thread = new StoppableThread("visionops-test", () -> {});
        thread.requestStop();

        // Would last for years.
        thread.pause(Long.MAX_VALUE);

        assertThat(thread.isStopping()).isTrue();
    }

    @Test
    void oneThatFailsHasEndedToo() throws InterruptedException {
        StoppableThread thread =
                new StoppableThread(
                        "visionops-test",
                        () -> {
                            Thread.currentThread().setUncaughtExceptionHandler((one, why) -> {});
                            throw new IllegalStateException("by the test");
                        });
        assertThat(thread.awaitEnd(0)).isFalse();

        thread.start();

        assertThat(thread.awaitEnd(LIMIT)).isTrue();
    }

    /** Works until the test lets it go on. */
    private StoppableThread worker() {
        StoppableThread[] self = new StoppableThread[1];
        self[0] =
                new StoppableThread(
                        "visionops-test",
                        () -> {
                            self[0].beginWork();
                            await();
                            self[0].endWork();
                        });
        return self[0];
    }

    private void await() {
        begun.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            interrupted.set(true);
        }
    }
}
