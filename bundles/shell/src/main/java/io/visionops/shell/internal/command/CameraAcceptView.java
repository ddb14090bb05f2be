package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.DoneDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes a camera's present view for the right one. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-accept-view",
        description = "Takes what a camera sees now for its right view, after it was moved")
public final class CameraAcceptView extends VisionOpsCommand<DoneDocument> {

    @Argument(name = "NAME", description = "The camera", required = true)
    @Completion(CameraNames.class)
    private String name = "";

    @Override
    protected DoneDocument answer(Parts parts) {
        CameraRows.named(parts.get(Part.CAMERAS), name).acceptView(actor());
        return new DoneDocument(name, "view accepted");
    }

    @Override
    protected void print(DoneDocument done, PrintStream out) {
        out.println(
                "camera "
                        + done.camera()
                        + " takes its present view for the right one; do its lines and zones"
                        + " fit it?");
    }
}
