package io.visionops.shell.internal.command;

import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.Cameras;
import io.visionops.api.secret.SecretException;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.DoneDocument;
import java.io.PrintStream;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes a camera. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-remove",
        description = "Removes a camera; what was counted stays")
public final class CameraRemove extends VisionOpsCommand<DoneDocument> {

    @Argument(name = "NAME", description = "The camera", required = true)
    @Completion(CameraNames.class)
    private String name = "";

    private Optional<String> secretStays = Optional.empty();

    @Override
    protected DoneDocument answer(Parts parts) throws CameraException {
        Cameras cameras = parts.get(Part.CAMERAS);
        boolean hasSecret =
                cameras.secretsUsed().getOrDefault(name, Set.of()).contains(CameraSecret.of(name));
        cameras.remove(name, actor());
        if (hasSecret) {
            removeSecret(cameras, parts);
        }
        return new DoneDocument(name, "removed");
    }

    /** The camera is removed whatever becomes of it. */
    private void removeSecret(Cameras cameras, Parts parts) {
        try {
            new CameraSecret(cameras, parts.get(Part.SECRETS), name).removeUnused(actor());
        } catch (SecretException | CommandException e) {
            secretStays = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    protected void print(DoneDocument done, PrintStream out) {
        out.println("camera " + done.camera() + " is removed; what it counted stays");
        secretStays.ifPresent(
                why ->
                        out.println(
                                "its secret "
                                        + CameraSecret.of(name)
                                        + " stays: "
                                        + Plain.line(why)
                                        + "; remove it with secret-remove"));
    }
}
