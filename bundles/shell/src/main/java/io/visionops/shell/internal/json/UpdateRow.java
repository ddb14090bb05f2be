package io.visionops.shell.internal.json;

import io.visionops.api.update.UpdateResult;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of an update.
 *
 * @param outcome {@code installed}, {@code rolled-back}, {@code dropped} or {@code failed}
 * @param downtimeMs of the bundle that was away longest; null where that is not known
 */
public record UpdateRow(
        Instant time,
        long from,
        long to,
        String version,
        int level,
        String outcome,
        String detail,
        long tookMs,
        @Nullable Long downtimeMs,
        String actor) {

    public static UpdateRow of(UpdateResult result) {
        return new UpdateRow(
                result.time(),
                result.from(),
                result.to(),
                result.version(),
                result.level(),
                result.outcome(),
                result.detail(),
                result.took().toMillis(),
                result.downtime().map(Duration::toMillis).orElse(null),
                result.actor().toString());
    }
}
