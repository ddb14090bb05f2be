package io.visionops.shell.internal.command;

import io.visionops.api.analysis.Analyses;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.CameraRow;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the cameras. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-list",
        description = "Lists the cameras and how they are")
public final class CameraList extends VisionOpsCommand<List<CameraRow>> {

    @Override
    protected List<CameraRow> answer(Parts parts) {
        return CameraRows.read(
                parts.get(Part.CAMERAS),
                parts.find(Part.ANALYSES).map(Analyses::statuses).orElse(List.of()));
    }

    @Override
    protected void print(List<CameraRow> cameras, PrintStream out) {
        Table table =
                new Table(
                        "no camera is configured: add one with camera-add NAME URL",
                        "Camera",
                        "State",
                        ">Since",
                        "~Cause",
                        ">fps",
                        "?>Analysed",
                        "?Size",
                        "?>Last frame",
                        "?>Reconnects",
                        "?~Address");
        for (CameraRow camera : cameras) {
            table.row(
                    camera.camera(),
                    camera.state(),
                    Plain.ago(camera.since(), clock().instant()),
                    camera.cause(),
                    camera.fps(),
                    camera.analysedFps(),
                    camera.width() == null ? null : camera.width() + "x" + camera.height(),
                    Plain.ago(camera.lastFrame(), clock().instant()),
                    camera.reconnects(),
                    camera.url());
        }
        table.print(out, width());
    }
}
