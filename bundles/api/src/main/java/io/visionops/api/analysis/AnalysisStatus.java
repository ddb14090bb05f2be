package io.visionops.api.analysis;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The analysis of one camera at one moment.
 *
 * @param detector in use; empty while none is there
 * @param fps frames a second that are analysed or gated, over the last seconds
 * @param objects tracked right now, by label
 * @param detectTime of one detector call, median and 95th percentile of the last 1000
 * @param commitTime from a complete frame to its committed rows, likewise
 * @param lastAnalysed capture time of the newest frame looked at
 */
public record AnalysisStatus(
        String camera,
        Optional<String> detector,
        double fps,
        Map<String, Integer> objects,
        Latency detectTime,
        Latency commitTime,
        Optional<Instant> lastAnalysed) {

    /** Median and 95th percentile; zero before the first sample. */
    public record Latency(Duration median, Duration p95) {}

    public AnalysisStatus {
        objects = Map.copyOf(objects);
    }
}
