package io.visionops.support.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogLimitTest {

    @Test
    void theFirstIsLetThroughAndThenOneAMinuteWhereverTheClockBegins() {
        for (long start : new long[] {0, Long.MIN_VALUE, Long.MAX_VALUE - 5}) {
            LogLimit limit = new LogLimit();

            assertThat(limit.allows(start)).isTrue();
            assertThat(limit.allows(start)).isFalse();
            assertThat(limit.allows(start + TimeUnit.SECONDS.toNanos(59))).isFalse();
            assertThat(limit.allows(start + TimeUnit.SECONDS.toNanos(60))).isTrue();
            assertThat(limit.allows(start + TimeUnit.SECONDS.toNanos(61))).isFalse();
        }
    }
}
