package io.visionops.shell.internal.json;

import io.visionops.api.query.ZoneCount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Occupancy of a zone.
 *
 * @param occupancyMean objects; null where nobody watched
 * @param occupancyMax objects; null where nobody watched
 * @param coverage share of the time that was watched, 0..1
 */
public record ZoneCountRow(
        String camera,
        String zone,
        String label,
        @Nullable Double occupancyMean,
        @Nullable Integer occupancyMax,
        Instant from,
        Instant to,
        @Nullable Double coverage) {

    public static ZoneCountRow of(ZoneCount count) {
        return new ZoneCountRow(
                count.camera(),
                count.zone(),
                count.label(),
                count.mean().isPresent() ? Json.round(count.mean().getAsDouble(), 3) : null,
                count.max().isPresent() ? count.max().getAsInt() : null,
                count.from(),
                count.to(),
                Json.round(count.coverage(), 4));
    }
}
