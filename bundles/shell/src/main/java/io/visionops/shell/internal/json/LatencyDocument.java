package io.visionops.shell.internal.json;

import io.visionops.api.analysis.AnalysisStatus.Latency;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Milliseconds, of the last thousand samples; zero before the first. */
public record LatencyDocument(@Nullable Double median, @Nullable Double p95) {

    static LatencyDocument of(Latency latency) {
        return new LatencyDocument(millis(latency.median()), millis(latency.p95()));
    }

    private static @Nullable Double millis(Duration time) {
        return Json.round(time.toNanos() / 1e6, 2);
    }
}
