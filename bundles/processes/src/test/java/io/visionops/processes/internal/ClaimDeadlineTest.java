package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.visionops.support.thread.DaemonThreads;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClaimDeadlineTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final ScheduledThreadPoolExecutor timer = DaemonThreads.scheduler("test-timer");
    private final ClaimDeadline deadline = new ClaimDeadline("cam", LIMIT, clock, timer);

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void itIsOverWhenTheLimitHasPassedSinceTheChildWasDetachedLast() {
        deadline.begin(() -> {});
        clock.advance(LIMIT.minusNanos(1));
        assertThat(deadline.isOver()).isFalse();

        deadline.begin(() -> {});
        clock.advance(LIMIT.minusNanos(1));
        assertThat(deadline.isOver()).isFalse();

        clock.advance(Duration.ofNanos(1));
        assertThat(deadline.isOver()).isTrue();
    }

    @Test
    void theCheckIsMadeAgainAndAgainUntilItIsStopped() throws InterruptedException {
        CountDownLatch checks = new CountDownLatch(2);
        deadline.begin(checks::countDown);
        assertThat(checks.await(20, TimeUnit.SECONDS)).isTrue();

        deadline.stop();

        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void aTimerThatHasEndedIsNoFault() {
        timer.shutdownNow();

        assertThatCode(() -> deadline.begin(() -> {})).doesNotThrowAnyException();
        assertThatCode(deadline::stop).doesNotThrowAnyException();
    }
}
