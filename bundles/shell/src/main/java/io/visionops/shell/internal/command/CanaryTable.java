package io.visionops.shell.internal.command;

import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.json.CanaryDocument;
import io.visionops.shell.internal.json.CanaryDocument.Side;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Two analyses side by side, for people. */
final class CanaryTable {

    private CanaryTable() {}

    static void print(CanaryDocument report, PrintStream out, int width) {
        Side running = report.running();
        Side candidate = report.candidate();
        out.println(
                "camera "
                        + Plain.line(report.camera())
                        + ", compared for "
                        + Plain.length(Duration.ofSeconds(report.seconds())));
        Table table =
                new Table(
                        "",
                        "~",
                        "Running " + running.version(),
                        "Candidate " + candidate.version());
        table.row("frames", String.valueOf(running.frames()), String.valueOf(candidate.frames()));
        table.row("detector", millis(running), millis(candidate));
        Set<String> keys = new TreeSet<>(running.crossings().keySet());
        keys.addAll(candidate.crossings().keySet());
        for (String key : keys) {
            table.row(key, crossings(running, key), crossings(candidate, key));
        }
        table.print(out, width);
        out.println(report.verdict().isEmpty() ? "goes on" : Plain.line(report.verdict()));
    }

    private static String millis(Side side) {
        return String.format(Locale.ROOT, "%.1f ms", side.detectMillis());
    }

    private static String crossings(Side side, String key) {
        return String.valueOf(side.crossings().getOrDefault(key, 0L));
    }
}
