package io.visionops.ingest.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {

    private static final long MB = 1_000_000;
    private static final MemoryWatch.Limits LIMITS = new MemoryWatch.Limits(400 * MB, 50 * MB);

    private final MemoryWatch watch = new MemoryWatch(() -> LIMITS, 0);

    /** A sample every five seconds for so many minutes; what is said first, and when. */
    private Optional<String> sampled(int minutes, java.util.function.LongUnaryOperator bytes) {
        for (long second = 0; second <= minutes * 60L; second += 5) {
            Optional<String> verdict =
                    watch.sample(Duration.ofSeconds(second).toNanos(), bytes.applyAsLong(second));
            if (verdict.isPresent()) {
                return Optional.of(second / 60 + ": " + verdict.get());
            }
        }
        return Optional.empty();
    }

    @Test
    void aDecoderThatFillsItsBuffersAndStaysIsLeftAlone() {
        Random noise = new Random(1);

        assertThat(
                        sampled(
                                600,
                                s ->
                                        45 * MB
                                                + Math.min(s, 240) * MB / 10
                                                + noise.nextInt(1_000_000)))
                .isEmpty();
    }

    @Test
    void oneThatGrowsIsFoundAfterHalfAnHour() {
        assertThat(sampled(60, s -> 45 * MB + s * 60 * MB / 3600))
                .contains("34: its decoder grows by 60 MB an hour");
    }

    @Test
    void slowGrowthIsFoundByTheLimit() {
        assertThat(sampled(3000, s -> 45 * MB + s * 10 * MB / 3600))
                .hasValueSatisfying(said -> assertThat(said).endsWith("400 MB, 400 are allowed"));
    }

    @Test
    void aJumpIsNoGrowth() {
        assertThat(sampled(600, s -> s < 3600 ? 45 * MB : 90 * MB)).isEmpty();
    }

    @Test
    void whatIsNotKnownIsNotJudged() {
        assertThat(sampled(100, s -> 0)).isEmpty();
    }
}
