package io.visionops.health.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SwapSettlingTest {

    private final ManualClock ticker = new ManualClock(Instant.EPOCH);
    private final SwapSettling settling = new SwapSettling(ticker);

    @Test
    void memoryIsGivenBackOnceWhenNothingWasSwappedForAWhile() {
        assertThat(settling.isDue()).isFalse();
        settling.swapped();
        ticker.advance(Duration.ofSeconds(14));
        settling.swapped();
        ticker.advance(Duration.ofSeconds(14));
        assertThat(settling.isDue()).isFalse();

        ticker.advance(Duration.ofSeconds(1));

        assertThat(settling.isDue()).isTrue();
        assertThat(settling.isDue()).isFalse();
    }
}
