package io.visionops.shell.internal.json;

import io.visionops.api.update.CanaryReport;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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

    /** For people. */
    public void print(PrintStream out, int width) {
        out.println(
                "camera "
                        + Plain.line(camera)
                        + ", compared for "
                        + Plain.length(Duration.ofSeconds(seconds)));
        Table table =
                new Table(
                        "", "", "Running " + running.version(), "Candidate " + candidate.version());
        table.row("frames", String.valueOf(running.frames()), String.valueOf(candidate.frames()));
        table.row("detector", millis(running), millis(candidate));
        Set<String> keys = new TreeSet<>(running.crossings().keySet());
        keys.addAll(candidate.crossings().keySet());
        for (String key : keys) {
            table.row(key, crossings(running, key), crossings(candidate, key));
        }
        table.print(out, width);
        out.println(verdict.isEmpty() ? "goes on" : Plain.line(verdict));
    }

    private static String millis(Side side) {
        return String.format(Locale.ROOT, "%.1f ms", side.detectMillis());
    }

    private static String crossings(Side side, String key) {
        return String.valueOf(side.crossings().getOrDefault(key, 0L));
    }
}
