package io.visionops.ingest.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedTimeTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Fact> told = new ArrayList<>();
    private final WatchedTime watched = new WatchedTime("front", 5, told::add);

    private void frames(long fromMillis, long toMillis, long step) {
        for (long at = fromMillis; at <= toMillis; at += step) {
            watched.frame(T.plusMillis(at));
        }
    }

    private static Fact stretch(long fromMillis, long length) {
        return Fact.Account.watched("front", T.plusMillis(fromMillis), Duration.ofMillis(length));
    }

    @Test
    void aSteadyStreamIsToldInStretchesOfTenSeconds() {
        frames(0, 25_000, 200);
        watched.close();

        assertThat(told)
                .containsExactly(
                        stretch(0, 10_000), stretch(10_000, 10_000), stretch(20_000, 5_000));
    }

    @Test
    void ofAGapTwoFrameIntervalsCount() {
        frames(0, 1_000, 200);
        frames(6_000, 7_000, 200);
        watched.close();

        assertThat(told).containsExactly(stretch(0, 1_400), stretch(6_000, 1_000));
    }

    @Test
    void noTimeIsToldTwiceWhenTheClockIsSetBackALittle() {
        frames(0, 1_000, 200);
        frames(500, 2_000, 100);
        watched.close();

        assertThat(told).containsExactly(stretch(0, 2_000));
    }

    @Test
    void aClockThatIsSetBackFarIsFollowed() {
        frames(3_600_000, 3_601_000, 200);
        frames(0, 1_000, 200);
        watched.close();

        assertThat(told).containsExactly(stretch(3_600_000, 1_000), stretch(0, 1_000));
    }

    @Test
    void oneFrameAloneIsNoTime() {
        frames(0, 0, 1);
        watched.close();

        assertThat(told).isEmpty();
    }
}
