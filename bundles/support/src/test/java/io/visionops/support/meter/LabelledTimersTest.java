package io.visionops.support.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LabelledTimersTest {

    private final LabelledTimers timers = new LabelledTimers("call", "Calls", "camera");

    @Test
    void durationsAreInBucketsByLabelAndGoWithTheirCamera() {
        timers.record(1, "front");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        timers.bindTo(registry);
        timers.record(TimeUnit.MILLISECONDS.toNanos(7), "front");
        timers.record(TimeUnit.MILLISECONDS.toNanos(30), "front");
        timers.record(5, "yard");

        var front = registry.get("call").tag("camera", "front").timer();
        assertThat(front.count()).isEqualTo(2);
        assertThat(front.takeSnapshot().histogramCounts())
                .anySatisfy(
                        bucket -> {
                            assertThat(bucket.bucket(TimeUnit.MILLISECONDS)).isEqualTo(10);
                            assertThat(bucket.count()).isEqualTo(1);
                        });
        assertThat(front.takeSnapshot().percentileValues()).isEmpty();
        timers.retain("front"::equals);
        assertThat(registry.find("call").tag("camera", "yard").timer()).isNull();
    }
}
