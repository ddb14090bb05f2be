package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultReportTest {

    private static final Optional<Fault> WELL = Optional.empty();
    private static final Optional<Fault> GONE = Optional.of(new Fault(Cause.DETECTOR, "gone"));

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final List<Optional<Fault>> told = new ArrayList<>();
    private final FaultReport report = new FaultReport(told::add, clock);

    @Test
    void wellIsToldAtOnceAndOnce() {
        passes(3, false, WELL);

        assertThat(told).containsExactly(WELL);
    }

    @Test
    void aFaultIsToldWhenItHasLastedAndTheCameraIsWellAtOnceAfterIt() {
        passes(1, false, WELL);
        passes(4.75, false, GONE);
        assertThat(told).containsExactly(WELL);

        passes(1, false, GONE);
        passes(0.25, false, WELL);

        assertThat(told).containsExactly(WELL, GONE, WELL);
    }

    @Test
    void aDetectorThatIsBeingReplacedIsNoFault() {
        for (int i = 0; i < 5; i++) {
            passes(4, false, GONE);
            passes(1, false, WELL);
        }

        assertThat(told).containsExactly(WELL);
    }

    @Test
    void nothingIsToldWhileModelsAreLoaded() {
        passes(60, true, GONE);
        assertThat(told).isEmpty();

        passes(5.25, false, GONE);
        assertThat(told).containsExactly(GONE);
    }

    private void passes(double seconds, boolean loading, Optional<Fault> fault) {
        for (double left = seconds; left > 0; left -= 0.25) {
            report.tick(loading, () -> fault);
            clock.advance(Duration.ofMillis(250));
        }
    }
}
