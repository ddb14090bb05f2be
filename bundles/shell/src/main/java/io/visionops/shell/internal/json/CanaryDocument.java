package io.visionops.shell.internal.json;

import io.visionops.api.update.CanaryReport;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two analyses of one camera, side by side.
 *
 * @param seconds that they were compared
 * @param verdict empty while it goes on
 */
public record CanaryDocument(
        String camera, Instant since, long seconds, Side running, Side candidate, String verdict) {

    /**
     * What one of them did.
     *
     * @param crossings by line, label and direction
     * @param detectMillis of one call of the detector, median
     */
    public record Side(
            String version, long frames, Map<String, Long> crossings, double detectMillis) {

        static Side of(CanaryReport.Side side) {
            return new Side(
                    side.version(),
                    side.frames(),
                    new TreeMap<>(side.crossings()),
                    side.detectTime().toNanos() / 1e6);
        }
    }

    public static CanaryDocument of(CanaryReport report) {
        return new CanaryDocument(
                report.camera(),
                report.since(),
                report.length().toSeconds(),
                Side.of(report.running()),
                Side.of(report.candidate()),
                report.verdict());
    }
}
