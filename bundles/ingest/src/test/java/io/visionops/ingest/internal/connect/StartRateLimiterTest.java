package io.visionops.ingest.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.ingest.internal.config.Address;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartRateLimiterTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final StartRateLimiter starts = new StartRateLimiter(clock, 5, 3);

    private long millis(int camera) throws Exception {
        return starts.hold("c" + camera, Address.parse("url", "rtsp://h/")).toMillis();
    }

    @Test
    void theFirstStartAtOnceAndTheOthersFiveASecond() throws Exception {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waits.add(millis(i));
        }

        assertThat(waits).containsExactly(0L, 0L, 0L, 200L, 400L, 600L);
    }

    @Test
    void anotherPaceHoldsForWhoHasNoTurnYet() throws Exception {
        for (int i = 0; i < 4; i++) {
            millis(i);
        }

        starts.pace(10, 3);

        assertThat(List.of(millis(3), millis(4), millis(5))).containsExactly(200L, 400L, 500L);
    }

    @Test
    void whoAsksAgainKeepsItsTurn() throws Exception {
        for (int i = 0; i < 5; i++) {
            millis(i);
        }

        clock.advance(Duration.ofMillis(300));

        assertThat(millis(4)).isEqualTo(100);
        clock.advance(Duration.ofMillis(100));
        assertThat(millis(4)).isZero();
    }

    @Test
    void aQuietTimeLetsSeveralStartAtOnceAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            millis(i);
        }

        clock.advance(Duration.ofMinutes(1));

        assertThat(List.of(millis(6), millis(7), millis(8), millis(9)))
                .containsExactly(0L, 0L, 0L, 200L);
    }
}
