package io.visionops.shell.internal.command;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.CameraRow;
import io.visionops.shell.internal.json.DatabaseDocument;
import io.visionops.shell.internal.json.LineCountRow;
import io.visionops.shell.internal.json.ProcessRow;
import io.visionops.shell.internal.json.StatusDocument;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** One screen: how all of it is, and why. */
@Service
@Parsing(LineParser.class)
@Command(scope = "visionops", name = "status", description = "Shows on one screen how all of it is")
public final class Status extends VisionOpsCommand<Status.Screen> {

    /**
     * What is shown.
     *
     * @param detectors number of cameras by detector in use
     * @param today counts since {@code midnight}
     * @param health the worst of the checks; one line
     */
    public record Screen(
            StatusDocument document,
            Map<String, Long> detectors,
            Instant midnight,
            List<LineCountRow> today,
            List<ProcessRow> processes,
            String health) {}

    @Override
    protected Screen answer(Parts parts) {
        ZoneId zone = zone(parts);
        Instant midnight =
                LocalDate.ofInstant(clock().instant(), zone).atStartOfDay(zone).toInstant();
        Findings findings = new Findings();
        StatusCollector survey = new StatusCollector(parts, findings);
        survey.safeMode();
        survey.disk();
        List<AnalysisStatus> analyses = survey.analyses();
        StatusCollector.CameraSide side = survey.cameras(analyses);
        Optional<StatusCollector.StoreSide> store = survey.store(midnight);
        List<ProcessRow> processes = survey.processes();
        survey.governor();
        StatusDocument document =
                new StatusDocument(
                        findings.word(),
                        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                        bundles.getBundle().getVersion().toString(),
                        findings.reasons(),
                        side.cameras(),
                        side.refusals(),
                        store.map(StatusCollector.StoreSide::database).orElse(null));
        Map<String, Long> detectors =
                analyses.stream()
                        .flatMap(analysis -> analysis.detector().stream())
                        .collect(
                                Collectors.groupingBy(
                                        Function.identity(), TreeMap::new, Collectors.counting()));
        return new Screen(
                document,
                detectors,
                midnight,
                store.map(StatusCollector.StoreSide::today).orElse(List.of()),
                processes,
                survey.health());
    }

    @Override
    protected Object document(Screen screen) {
        return screen.document();
    }

    @Override
    protected void print(Screen screen, PrintStream out) {
        StatusDocument document = screen.document();
        out.printf(
                "VisionOps %s: %s, up %s%n",
                document.version(),
                document.status(),
                Plain.length(Duration.between(document.since(), clock().instant())));
        document.reasons().forEach(reason -> out.println("  " + reason));
        if (!document.cameras().isEmpty()) {
            out.println();
            printCameras(document.cameras(), out);
        }
        if (!screen.today().isEmpty()) {
            out.println();
            printToday(screen, out);
        }
        out.println();
        out.println("detectors  " + detectors(screen.detectors()));
        out.println("database   " + database(document.database()));
        out.println("children   " + children(screen.processes()));
        out.println("health     " + screen.health());
    }

    private void printCameras(List<CameraRow> cameras, PrintStream out) {
        Table table = new Table("", "Camera", "State", ">Since", ">fps", "?>Analysed", "~Cause");
        for (CameraRow camera : cameras) {
            table.row(
                    camera.camera(),
                    camera.state(),
                    Plain.ago(camera.since(), clock().instant()),
                    camera.fps(),
                    camera.analysedFps(),
                    camera.cause());
        }
        table.print(out, width());
    }

    private void printToday(Screen screen, PrintStream out) {
        Table table = new Table("", "Camera", "Line", "Label", "Way", ">Today", ">Watched");
        for (LineCountRow row : screen.today()) {
            table.row(
                    row.camera(),
                    row.line(),
                    row.label(),
                    row.direction(),
                    row.count() == null ? "unknown" : row.count(),
                    Plain.percent(row.coverage()));
        }
        table.print(out, width());
        out.println("since " + time(screen.midnight()));
    }

    private static String detectors(Map<String, Long> detectors) {
        return detectors.isEmpty()
                ? "none"
                : detectors.entrySet().stream()
                        .map(one -> Plain.line(one.getKey()) + " (" + one.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String database(@Nullable DatabaseDocument database) {
        return database == null
                ? "not available"
                : String.format(
                        Locale.ROOT,
                        "%s and %s of log, %d entries waiting, commit %s ms (95 %%)",
                        Plain.size(database.bytes()),
                        Plain.size(database.walBytes()),
                        database.queued(),
                        database.commitP95Ms());
    }

    private static String children(List<ProcessRow> processes) {
        return String.format(
                Locale.ROOT,
                "%d, %s, %.2f cores",
                processes.size(),
                Plain.size(processes.stream().mapToLong(ProcessRow::memory).sum()),
                processes.stream().mapToDouble(one -> one.load() == null ? 0 : one.load()).sum());
    }
}
