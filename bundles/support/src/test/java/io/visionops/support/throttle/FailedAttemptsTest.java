package io.visionops.support.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private static final int FREE = 3;

    @Test
    void eachFailureAfterTheFreeOnesDoublesTheWaitUpToAMinute() {
        assertThat(
                        IntStream.rangeClosed(1, 10)
                                .mapToObj(count -> new FailedAttempts(count, 0).delay(FREE, 0))
                                .map(Duration::toSeconds))
                .containsExactly(0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void theWaitGoesByWithTheTime() {
        FailedAttempts failed = new FailedAttempts(5, 0);

        assertThat(failed.delay(FREE, Duration.ofSeconds(3).toNanos()))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(failed.delay(FREE, Duration.ofSeconds(9).toNanos())).isZero();
    }

    @Test
    void theyAreForgottenAfterAQuarterOfAnHour() {
        FailedAttempts failed = new FailedAttempts(5, 0);

        assertThat(failed.again(Duration.ofMinutes(15).toNanos()).count()).isEqualTo(6);
        assertThat(failed.again(Duration.ofMinutes(16).toNanos()).count()).isOne();
    }
}
