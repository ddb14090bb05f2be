package io.visionops.shell.internal.command;

import io.visionops.api.camera.ServiceLevel;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.Words;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.LevelDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Says how much of a camera is decoded. */
@Service
@Parsing(Words.class)
@Command(
        scope = "visionops",
        name = "camera-level",
        description =
                "Says how much of a camera is decoded, until the next start: full, keyframes, or"
                        + " so many frames a second at most")
public final class CameraLevel extends VisionOpsCommand<LevelDocument> {

    @Argument(name = "NAME", description = "The camera", required = true)
    @Completion(CameraNames.class)
    private String name = "";

    @Argument(
            index = 1,
            name = "LEVEL",
            description = "full, keyframes, or 1..30 frames a second",
            required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"full", "keyframes"})
    private String level = "";

    @Override
    protected LevelDocument answer(Parts parts) {
        ServiceLevel wanted = parsed();
        CameraRows.named(parts.get(Part.CAMERAS), name).serve(wanted);
        return LevelDocument.of(name, wanted);
    }

    private ServiceLevel parsed() {
        if (level.equals("full")) {
            return ServiceLevel.FULL;
        }
        if (level.equals("keyframes")) {
            return ServiceLevel.KEYFRAMES;
        }
        if (level.matches("[1-9]|[12][0-9]|30")) {
            return ServiceLevel.reduced(Integer.parseInt(level));
        }
        throw new CommandException(
                "LEVEL = " + level + ": must be full, keyframes, or 1..30 frames a second");
    }

    @Override
    protected void print(LevelDocument done, PrintStream out) {
        String what =
                switch (done.level()) {
                    case "full" -> "everything";
                    case "keyframes" -> "key frames only";
                    default -> done.fps() + " frames a second at most";
                };
        out.println("camera " + done.camera() + " is to decode " + what + " until the next start");
    }
}
