package io.visionops.shell.internal.command;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Incident;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.health.Governor;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.query.CountQuery;
import io.visionops.api.query.JournalReader;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.command.Findings.Level;
import io.visionops.shell.internal.json.CameraRow;
import io.visionops.shell.internal.json.DatabaseDocument;
import io.visionops.shell.internal.json.LineCountRow;
import io.visionops.shell.internal.json.ProcessRow;
import io.visionops.shell.internal.json.StatusDocument.RefusalRow;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every part how it is; one that is missing or fails is a finding, not the end. */
final class StatusCollector {

    private static final Logger LOG = LoggerFactory.getLogger(StatusCollector.class);

    /** What an enabled or disabled camera does when all is well. */
    private static final Set<String> GOOD =
            Set.of(
                    CameraState.STREAMING.name(),
                    CameraState.IDLE.name(),
                    CameraState.DISABLED.name());

    /** Bytes. */
    static final long ENOUGH = 512L << 20;

    private final Parts parts;
    private final Findings findings;

    StatusCollector(Parts parts, Findings findings) {
        this.parts = parts;
        this.findings = findings;
    }

    /** What the camera service knows. */
    record CameraSide(
            List<CameraRow> cameras,
            List<RefusalRow> refusals,
            List<RefusalRow> warnings,
            List<Incident> incidents) {}

    /** What the database knows. */
    record StoreSide(DatabaseDocument database, List<LineCountRow> today) {}

    /** Looks whether the watchdog has left cameras out. */
    void safeMode() {
        String cause = System.getProperty("visionops.safe.mode", "");
        if (!cause.isEmpty()) {
            findings.add(
                    Level.CRITICAL,
                    "safe mode, without cameras: "
                            + cause
                            + "; visionops restart tries all parts again");
        }
    }

    /** Looks whether the disk of the data folder has room for pictures, as the database does. */
    void disk() {
        String data = System.getProperty("visionops.data", "");
        long free = new File(data).getUsableSpace();
        if (!data.isEmpty() && free < ENOUGH) {
            findings.add(
                    Level.DEGRADED,
                    String.format(
                            Locale.ROOT,
                            "%d MB are left on the disk of %s: pictures of events are not kept; free 512 MB",
                            free >> 20,
                            data));
        }
    }

    List<AnalysisStatus> analyses() {
        return ask(Part.ANALYSES, Level.DEGRADED, Analyses::statuses).orElse(List.of());
    }

    List<ProcessRow> processes() {
        return ask(Part.CHILD_PROCESSES, Level.DEGRADED, ChildProcesses::usage)
                .orElse(List.of())
                .stream()
                .map(ProcessRow::of)
                .toList();
    }

    CameraSide cameras(List<AnalysisStatus> analyses) {
        Optional<CameraSide> side =
                ask(
                        Part.CAMERAS,
                        Level.CRITICAL,
                        cameras ->
                                new CameraSide(
                                        CameraRows.read(cameras, analyses),
                                        cameras.refusals().stream().map(RefusalRow::of).toList(),
                                        cameras.warnings().stream().map(RefusalRow::of).toList(),
                                        cameras.incidents()));
        side.ifPresent(known -> judge(known, analyses));
        return side.orElse(new CameraSide(List.of(), List.of(), List.of(), List.of()));
    }

    /** Nothing is wrong with it, but nobody watches. */
    private static boolean isPaused(CameraRow camera) {
        return camera.cause() != null && camera.cause().startsWith(Cause.PAUSED.key() + ":");
    }

    private void judge(CameraSide side, List<AnalysisStatus> analyses) {
        Set<String> counting =
                analyses.stream()
                        .filter(analysis -> analysis.detector().isPresent())
                        .map(AnalysisStatus::camera)
                        .collect(Collectors.toSet());
        // One line for one cause: what its cameras say of themselves is in their table.
        Set<String> explained =
                side.incidents().stream()
                        .flatMap(incident -> incident.cameras().stream())
                        .collect(Collectors.toSet());
        for (Incident incident : side.incidents()) {
            String who =
                    incident.cameras().isEmpty()
                            ? ""
                            : " (" + String.join(", ", incident.cameras()) + ")";
            findings.add(Level.DEGRADED, incident.words() + who);
        }
        for (CameraRow camera : side.cameras()) {
            String subject = "camera " + camera.camera();
            if (!GOOD.contains(camera.state()) && explained.contains(camera.camera())) {
                continue;
            }
            if (!GOOD.contains(camera.state())) {
                String cause = camera.cause() == null ? "" : ": " + camera.cause();
                findings.add(Level.DEGRADED, subject + " is " + camera.state() + cause);
            } else if (isPaused(camera)) {
                findings.add(Level.DEGRADED, subject + " is IDLE: " + camera.cause());
            } else if (camera.state().equals(CameraState.STREAMING.name())
                    && !counting.contains(camera.camera())) {
                findings.add(Level.DEGRADED, subject + " has no detector: nothing is counted");
            }
        }
        for (RefusalRow refusal : side.refusals()) {
            findings.add(Level.DEGRADED, refusal.file() + " is refused: " + refusal.reason());
        }
        for (RefusalRow warning : side.warnings()) {
            findings.add(Level.DEGRADED, warning.file() + ": " + warning.reason());
        }
        if (side.cameras().isEmpty()) {
            findings.add(Level.WELL, "no camera is configured: add one with camera-add NAME URL");
        }
    }

    Optional<StoreSide> store(Instant midnight) {
        return ask(
                Part.JOURNAL_READER,
                Level.CRITICAL,
                reader ->
                        new StoreSide(
                                DatabaseDocument.of(reader.statistics()), today(reader, midnight)));
    }

    private static List<LineCountRow> today(JournalReader reader, Instant midnight) {
        CountQuery query =
                new CountQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(midnight),
                        Optional.empty(),
                        CountQuery.Interval.ALL);
        return reader.lineCounts(query).stream().map(LineCountRow::of).toList();
    }

    /** Less than what is set is done for cameras, though each of them is well. */
    void governor() {
        parts.find(Part.GOVERNOR)
                .flatMap(Governor::status)
                .filter(status -> status.level() > 0)
                .ifPresent(
                        status ->
                                findings.add(
                                        Level.DEGRADED,
                                        "governor: " + status.words() + ": " + status.reason()));
    }

    /** What the checks of all parts found, in one line; the command health has the rest. */
    String health() {
        Optional<HealthMonitor> monitor = parts.find(Part.HEALTH);
        if (monitor.isEmpty()) {
            return parts.missing(Part.HEALTH);
        }
        return monitor.get()
                .report()
                .map(report -> monitor.get().isOverdue() ? "checks hang" : worst(report))
                .orElse("not known yet");
    }

    /** The worst stands first. */
    private static String worst(HealthReport report) {
        if (report.status() == HealthStatus.OK || report.checks().isEmpty()) {
            return report.status().name();
        }
        HealthNode worst = report.checks().get(0);
        return Plain.line(report.status() + ": " + worst.name() + ": " + worst.cause());
    }

    private <P, R> Optional<R> ask(Part<P> part, Level otherwise, Function<P, R> question) {
        Optional<P> found = parts.find(part);
        if (found.isEmpty()) {
            findings.add(otherwise, parts.missing(part));
            return Optional.empty();
        }
        try {
            return Optional.of(question.apply(found.get()));
        } catch (RuntimeException e) {
            LOG.warn("{} fails", part.words(), e);
            findings.add(otherwise, part.words() + " fails: " + Plain.line(e.getMessage()));
            return Optional.empty();
        }
    }
}
