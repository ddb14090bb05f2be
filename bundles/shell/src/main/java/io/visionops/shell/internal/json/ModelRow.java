package io.visionops.shell.internal.json;

import io.visionops.api.model.ModelInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A model.
 *
 * @param latencyMs of one call, median of the probe; null when it is not installed
 */
public record ModelRow(
        String name,
        String family,
        String licence,
        @Nullable String source,
        @Nullable String sha256,
        int width,
        int height,
        boolean installed,
        @Nullable Double latencyMs) {

    public static ModelRow of(ModelInfo model) {
        return new ModelRow(
                model.name(),
                model.family(),
                model.licence(),
                model.source().orElse(null),
                model.sha256().orElse(null),
                model.width(),
                model.height(),
                model.installed(),
                model.latency().map(ModelRow::milliseconds).orElse(null));
    }

    private static @Nullable Double milliseconds(Duration latency) {
        return Json.round(latency.toNanos() / 1e6, 2);
    }
}
