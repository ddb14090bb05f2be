package io.visionops.shell.internal.json;

import io.visionops.api.query.LineCount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Crossings of a line.
 *
 * @param count null where nobody watched
 * @param coverage share of the time that was watched, 0..1
 */
public record LineCountRow(
        String camera,
        String line,
        String label,
        String direction,
        @Nullable Long count,
        Instant from,
        Instant to,
        @Nullable Double coverage) {

    public static LineCountRow of(LineCount count) {
        return new LineCountRow(
                count.camera(),
                count.line(),
                count.label(),
                count.direction().word(),
                count.count().isPresent() ? count.count().getAsLong() : null,
                count.from(),
                count.to(),
                Json.round(count.coverage(), 4));
    }
}
