package io.visionops.console.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which version of each part is active. Used by the thread that scrapes. */
final class BuildInfo {

    /** A bundle of ours. */
    record Part(String name, String version) {}

    private final Supplier<Set<Part>> active;
    private final MultiGauge gauge;
    private Set<Part> shown = Set.of();

    BuildInfo(Supplier<Set<Part>> active, MeterRegistry registry) {
        this.active = active;
        gauge =
                MultiGauge.builder("visionops.build.info")
                        .description("Which version of each part is active; always 1")
                        .register(registry);
    }

    /** Shows what is active now. */
    void update() {
        Set<Part> now = active.get();
        if (!now.equals(shown)) {
            gauge.register(
                    now.stream()
                            .map(part -> Row.of(tags(part), () -> 1))
                            .collect(Collectors.toList()),
                    true);
            shown = now;
        }
    }

    private static Tags tags(Part part) {
        return Tags.of("part", part.name(), "version", part.version());
    }
}
