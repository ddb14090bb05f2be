package io.visionops.shell.internal.json;

import io.visionops.api.query.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera's time went; watched, degraded and blind together are the expected time.
 *
 * @param coverage share of the expected time that was watched, the degraded time by its share; null
 *     where the camera was not expected
 * @param degradedMs by cause
 * @param degradedShare of the degraded time that was seen all the same
 * @param blindMs by cause
 */
public record CoverageRow(
        String camera,
        Instant from,
        Instant to,
        @Nullable Double coverage,
        long expectedMs,
        long watchedMs,
        Map<String, Long> degradedMs,
        @Nullable Double degradedShare,
        Map<String, Long> blindMs) {

    public static CoverageRow of(Coverage one) {
        double seen = one.watched().toMillis() + one.share() * one.degradedTime().toMillis();
        return new CoverageRow(
                one.camera(),
                one.from(),
                one.to(),
                one.expected().isZero() ? null : Json.round(seen / one.expected().toMillis(), 4),
                one.expected().toMillis(),
                one.watched().toMillis(),
                millis(one.degraded()),
                one.degraded().isEmpty() ? null : Json.round(one.share(), 4),
                millis(one.blind()));
    }

    private static Map<String, Long> millis(Map<String, Duration> lengths) {
        Map<String, Long> millis = new TreeMap<>();
        lengths.forEach((cause, length) -> millis.put(cause, length.toMillis()));
        return millis;
    }
}
