package io.visionops.shell.internal.command;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.FramesRow;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Accounts for every frame. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "frames",
        description = "Accounts for every frame of every camera")
public final class Frames extends VisionOpsCommand<List<FramesRow>> {

    @Override
    protected List<FramesRow> answer(Parts parts) {
        Map<String, AnalysisStatus> analyses =
                CameraRows.byCamera(
                        parts.find(Part.ANALYSES).map(Analyses::statuses).orElse(List.of()));
        return parts.get(Part.CAMERAS).list().stream()
                .map(camera -> row(camera, analyses))
                .toList();
    }

    private static FramesRow row(Camera camera, Map<String, AnalysisStatus> analyses) {
        String name = camera.settings().name();
        return FramesRow.of(name, camera.counts(), Optional.ofNullable(analyses.get(name)));
    }

    @Override
    protected void print(List<FramesRow> rows, PrintStream out) {
        Table table =
                new Table(
                        "no camera is configured: add one with camera-add NAME URL",
                        "Camera",
                        ">Received",
                        ">Analysed",
                        ">Gated",
                        "Dropped",
                        "?>Waiting",
                        "?>Detect ms",
                        "?>Commit ms (95 %)");
        for (FramesRow row : rows) {
            table.row(
                    row.camera(),
                    row.received(),
                    row.analysed(),
                    row.gated(),
                    row.dropped().entrySet().stream()
                            .map(dropped -> dropped.getKey() + " " + dropped.getValue())
                            .collect(Collectors.joining(", ")),
                    row.waiting(),
                    row.detectMs() == null ? null : row.detectMs().median(),
                    row.commitMs() == null ? null : row.commitMs().p95());
        }
        table.print(out, width());
    }
}
