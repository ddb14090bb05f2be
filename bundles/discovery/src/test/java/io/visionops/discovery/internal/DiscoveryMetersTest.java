package io.visionops.discovery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.visionops.support.breaker.BreakerStatus;
import io.visionops.support.breaker.BreakerStatus.State;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DiscoveryMetersTest {

    private static final Tags SEARCH = Tags.of("part", "discovery", "call", "camera discovery");

    @Test
    void theBreakerOfTheSearchIsShown() {
        AtomicReference<BreakerStatus> breaker =
                new AtomicReference<>(status(State.CLOSED, 0, Optional.empty()));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        DiscoveryMeters meters =
                new DiscoveryMeters(
                        breaker::get, new ManualClock(Instant.parse("2026-01-01T00:00:00Z")));
        meters.bindTo(registry);

        meters.sampler().sample();
        assertThat(state(registry)).isZero();

        breaker.set(status(State.OPEN, 3, Optional.of("no network")));
        meters.sampler().sample();
        assertThat(state(registry)).isEqualTo(2);
        assertThat(
                        registry.get("visionops.breaker.failures")
                                .tags(SEARCH)
                                .functionCounter()
                                .count())
                .isEqualTo(3);
        meters.close();
    }

    private static double state(SimpleMeterRegistry registry) {
        return registry.get("visionops.breaker.state").tags(SEARCH).gauge().value();
    }

    private static BreakerStatus status(State state, long failures, Optional<String> cause) {
        return new BreakerStatus("camera discovery", state, failures, cause, Duration.ZERO);
    }
}
