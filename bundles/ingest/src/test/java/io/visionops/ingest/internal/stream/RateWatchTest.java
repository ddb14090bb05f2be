package io.visionops.ingest.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.ingest.internal.state.StateData;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateWatchTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final StateData STREAMING =
            StateData.start(0).enter(CameraState.STREAMING, SECOND);

    /** Ten frames a second are wanted. */
    private final RateWatch rate = new RateWatch();

    @Test
    void aCameraThatIsSlowForTenSecondsIsCalledSlow() {
        rate.begin(0);
        frames(SECOND, 12 * SECOND, SECOND / 4);

        assertThat(rate.judge(STREAMING, 10, 12 * SECOND)).isPresent();
    }

    @Test
    void aCameraThatStreamedAllTheTimeIsNotCalledSlowAfterASwap() {
        long swap = 60 * SECOND;
        rate.begin(swap);
        frames(swap, swap + SECOND, SECOND / 10);

        assertThat(rate.judge(STREAMING, 10, swap + SECOND)).isEmpty();
        assertThat(rate.lately(STREAMING, swap + SECOND)).isBetween(9.0, 11.0);

        frames(swap + SECOND, swap + 12 * SECOND, SECOND / 3);
        assertThat(rate.judge(STREAMING, 10, swap + 12 * SECOND)).isPresent();
    }

    private void frames(long from, long to, long every) {
        for (long at = from; at < to; at += every) {
            rate.arrived(at);
        }
    }
}
