package io.visionops.support.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampledMetersTest {

    private final SampledMeters meters = new SampledMeters();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static Reading fps(String camera, double value) {
        return Reading.gauge("camera.fps", "Frames a second", "", value, "camera", camera);
    }

    private static Reading frames(String camera, double value) {
        return Reading.counter("camera.frames", "Frames", "frames", value, "camera", camera);
    }

    @Test
    void theLastSampleIsShownInEveryRegistry() {
        SimpleMeterRegistry later = new SimpleMeterRegistry();
        meters.bindTo(registry);
        meters.show(List.of(fps("front", 5), frames("front", 100)));
        meters.bindTo(later);
        meters.show(List.of(fps("front", 4), frames("front", 104)));

        for (SimpleMeterRegistry each : List.of(registry, later)) {
            assertThat(each.get("camera.fps").tag("camera", "front").gauge().value()).isEqualTo(4);
            assertThat(each.get("camera.frames").functionCounter().count()).isEqualTo(104);
            assertThat(each.get("camera.frames").meter().getId().getBaseUnit()).isEqualTo("frames");
        }
    }

    @Test
    void theMetersOfACameraThatIsRemovedGo() {
        meters.bindTo(registry);
        meters.show(List.of(fps("front", 5), fps("yard", 5), frames("yard", 7)));
        meters.show(List.of(fps("front", 5)));

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(id -> id.getTag("camera"))
                .containsExactly("front");
        meters.show(List.of(fps("yard", 3)));
        assertThat(registry.get("camera.fps").tag("camera", "yard").gauge().value()).isEqualTo(3);
    }

    @Test
    void eachMeterKeepsItsValueWhereTheOrderIsAnother() {
        meters.bindTo(registry);
        meters.show(List.of(fps("front", 5), fps("yard", 6)));

        meters.show(List.of(fps("yard", 7), fps("front", 4)));

        assertThat(registry.get("camera.fps").tag("camera", "front").gauge().value()).isEqualTo(4);
        assertThat(registry.get("camera.fps").tag("camera", "yard").gauge().value()).isEqualTo(7);
    }

    @Test
    void aRegistryThatIsClosedIsForgotten() {
        meters.bindTo(registry);
        registry.close();

        meters.show(List.of(fps("front", 5)));

        assertThat(registry.getMeters()).isEmpty();
    }
}
