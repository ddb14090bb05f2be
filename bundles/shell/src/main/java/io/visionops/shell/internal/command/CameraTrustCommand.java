package io.visionops.shell.internal.command;

import io.visionops.api.camera.Camera;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.TrustDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Shows by what a camera is known again, and accepts that it has changed. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-trust",
        description = "Shows the login and the certificate by which a camera is known again")
public final class CameraTrustCommand extends VisionOpsCommand<TrustDocument> {

    @Argument(name = "NAME", description = "The camera", required = true)
    @Completion(CameraNames.class)
    private String name = "";

    @Option(
            name = "--accept",
            description = "What was refused is right: the camera was changed on purpose")
    private boolean accept;

    @Override
    protected TrustDocument answer(Parts parts) {
        Camera camera = CameraRows.named(parts.get(Part.CAMERAS), name);
        if (accept && !camera.acceptIdentity(actor())) {
            throw new CommandException(
                    "camera " + name + ": nothing was refused, so there is nothing to accept");
        }
        return TrustDocument.of(name, accept, camera.trust());
    }

    @Override
    protected void print(TrustDocument shown, PrintStream out) {
        if (shown.addresses().isEmpty()) {
            out.println(
                    "camera "
                            + shown.camera()
                            + " has neither a password nor a certificate that could be known"
                            + " again");
            return;
        }
        boolean refused = false;
        for (TrustDocument.Row row : shown.addresses()) {
            out.println(Plain.line(row.address()));
            out.println("  remembered: " + words(row.known(), "nothing yet"));
            if (row.refused() != null) {
                refused = true;
                out.println("  refused:    " + words(row.refused(), ""));
            }
        }
        if (shown.accepted()) {
            out.println("accepted; camera " + shown.camera() + " is tried again");
        } else if (refused) {
            out.println(
                    "If the camera was changed on purpose: camera-trust --accept "
                            + shown.camera());
        }
    }

    private static String words(TrustDocument.@Nullable Identity one, String none) {
        if (one == null) {
            return none;
        }
        String certificate =
                one.certificate() == null
                        ? ""
                        : ", certificate with public key " + Plain.line(one.certificate());
        return "login " + one.login() + certificate;
    }
}
