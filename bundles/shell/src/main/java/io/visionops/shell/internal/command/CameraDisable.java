package io.visionops.shell.internal.command;

import io.visionops.api.camera.CameraException;
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

/** Switches a camera off. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-disable",
        description = "Switches a camera off without removing it")
public final class CameraDisable extends VisionOpsCommand<DoneDocument> {

    @Argument(name = "NAME", description = "The camera", required = true)
    @Completion(CameraNames.class)
    private String name = "";

    @Override
    protected DoneDocument answer(Parts parts) throws CameraException {
        parts.get(Part.CAMERAS).enable(name, false, actor());
        return new DoneDocument(name, "disabled");
    }

    @Override
    protected void print(DoneDocument done, PrintStream out) {
        out.println("camera " + done.camera() + " is disabled");
    }
}
