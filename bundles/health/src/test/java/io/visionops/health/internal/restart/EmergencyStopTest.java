package io.visionops.health.internal.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EmergencyStopTest {

    private static final double LIMIT = 90;

    private final ManualClock ticker = new ManualClock(Instant.EPOCH);
    private final EmergencyStop stop = new EmergencyStop(ticker);

    @Test
    void heatThatLastsIsACauseAndAMomentOfItIsNone() {
        assertThat(stop.cause(OptionalDouble.of(95), LIMIT)).isEmpty();
        ticker.advance(Duration.ofSeconds(59));
        assertThat(stop.cause(OptionalDouble.of(91), LIMIT)).isEmpty();
        ticker.advance(Duration.ofSeconds(1));

        assertThat(stop.cause(OptionalDouble.of(90), LIMIT))
                .hasValue("the processor has had 90 degrees and more for 60 s");
    }

    @Test
    void timeBeginsAnewWhenItHasCooledOrIsNotKnown() {
        for (OptionalDouble between :
                new OptionalDouble[] {OptionalDouble.of(89.9), OptionalDouble.empty()}) {
            stop.cause(OptionalDouble.of(95), LIMIT);
            ticker.advance(Duration.ofSeconds(59));
            stop.cause(between, LIMIT);
            stop.cause(OptionalDouble.of(95), LIMIT);
            ticker.advance(Duration.ofSeconds(59));

            assertThat(stop.cause(OptionalDouble.of(95), LIMIT)).isEmpty();
        }
    }
}
