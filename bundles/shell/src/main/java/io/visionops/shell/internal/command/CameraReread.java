package io.visionops.shell.internal.command;

import io.visionops.api.camera.Camera;
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

/** Reads a film again that was read to its end. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-reread",
        description = "Reads the file of a camera again from its beginning, and counts it again")
public final class CameraReread extends VisionOpsCommand<DoneDocument> {

    @Argument(name = "NAME", required = true, description = "The camera")
    @Completion(CameraNames.class)
    private String name = "";

    @Override
    protected DoneDocument answer(Parts parts) {
        Camera camera = CameraRows.named(parts.get(Part.CAMERAS), name);
        camera.reread(actor());
        return new DoneDocument(name, "rereading");
    }

    @Override
    protected void print(DoneDocument done, PrintStream out) {
        out.println("camera " + done.camera() + " is read from its beginning");
    }
}
