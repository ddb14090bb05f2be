package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.processes.internal.meter.Meters;
import io.visionops.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenCheckTest {

    @TempDir Path data;

    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    @Test
    void childrenThatAreNotMeasuredForLongAreCritical() {
        try (Children children =
                new Children(
                        new Settings(data, Duration.ofMinutes(10), 3, 2048),
                        clock,
                        clock,
                        Meters.ofThisMachine(),
                        Launcher.ofThisMachine())) {
            ChildrenCheck check = new ChildrenCheck(children);
            clock.advance(Duration.ofMinutes(30));
            assertThat(check.execute().getStatus()).isEqualTo(Result.Status.OK);

            clock.advance(Duration.ofSeconds(31));

            assertThat(check.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
            assertThat(check.execute().toString()).contains("1831 s", "visionops restart");
        }
    }
}
