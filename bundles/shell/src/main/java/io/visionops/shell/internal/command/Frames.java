package io.visionops.shell.internal.command;

import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.Words;
import io.visionops.shell.internal.json.FramesRow;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Accounts for every frame. */
@Service
@Parsing(Words.class)
@Command(
        scope = "visionops",
        name = "frames",
        description = "Accounts for every frame of every camera")
public final class Frames extends VisionOpsCommand<List<FramesRow>> {

    @Override
    protected List<FramesRow> answer(Parts parts) {
        return parts.get(Part.CAMERAS).list().stream()
                .map(camera -> FramesRow.of(camera.settings().name(), camera.frames().counts()))
                .toList();
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
                        ">Waiting");
        for (FramesRow row : rows) {
            table.row(
                    row.camera(),
                    row.received(),
                    row.analysed(),
                    row.gated(),
                    row.dropped().entrySet().stream()
                            .map(dropped -> dropped.getKey() + " " + dropped.getValue())
                            .collect(Collectors.joining(", ")),
                    row.waiting());
        }
        table.print(out);
    }
}
