package io.visionops.shell.internal.command;

import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.Words;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.DoneDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Connects a camera anew. */
@Service
@Parsing(Words.class)
@Command(
        scope = "visionops",
        name = "camera-reconnect",
        description = "Ends the connection of a camera and connects anew")
public final class CameraReconnect extends VisionOpsCommand<DoneDocument> {

    @Argument(name = "NAME", description = "The camera", required = true)
    @Completion(CameraNames.class)
    private String name = "";

    @Override
    protected DoneDocument answer(Parts parts) {
        CameraRows.named(parts.get(Part.CAMERAS), name).reconnect();
        return new DoneDocument(name, "reconnecting");
    }

    @Override
    protected void print(DoneDocument done, PrintStream out) {
        out.println("camera " + done.camera() + " is connecting anew");
    }
}
