package io.visionops.shell.internal.command;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.LevelDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Asks for less or more to be done for a camera, or shows who asks for what. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-level",
        description =
                "Says how much of a camera is decoded and analysed, until the next start: full, so"
                        + " many frames a second at most, keyframes, motion or paused; of several"
                        + " wishes the lowest holds. Without a level it shows who asks for what")
public final class CameraLevel extends VisionOpsCommand<LevelDocument> {

    @Argument(name = "NAME", description = "The camera", required = true)
    @Completion(CameraNames.class)
    private String name = "";

    @Argument(
            index = 1,
            name = "LEVEL",
            description = "full, 1..30 frames a second, keyframes, motion or paused")
    @Completion(
            value = StringsCompleter.class,
            values = {"full", "keyframes", "motion", "paused"})
    private @Nullable String level;

    @Option(name = "--reason", description = "Why, for the record")
    private String reason = "";

    private @Nullable ServiceLevel wanted;

    @Override
    protected LevelDocument answer(Parts parts) {
        wanted = level == null ? null : parsed(level);
        Camera camera = CameraRows.named(parts.get(Part.CAMERAS), name);
        if (wanted != null) {
            request(camera, wanted);
        }
        return LevelDocument.of(camera);
    }

    private void request(Camera camera, ServiceLevel asked) {
        if (!camera.settings().enabled()) {
            throw new CommandException(
                    Plain.line("camera " + name + " is disabled: enable it with camera-enable"));
        }
        try {
            camera.request(new LevelRequest(actor(), asked, reason));
        } catch (IllegalArgumentException e) {
            throw new CommandException("--reason: must be one line of 200 characters at most");
        }
    }

    private static ServiceLevel parsed(String word) {
        for (ServiceLevel.Kind kind : ServiceLevel.Kind.values()) {
            if (kind != ServiceLevel.Kind.REDUCED && kind.word().equals(word)) {
                return new ServiceLevel(kind, 0);
            }
        }
        if (word.matches("[1-9]|[12][0-9]|30")) {
            return ServiceLevel.reduced(Integer.parseInt(word));
        }
        throw new CommandException(
                "LEVEL = "
                        + word
                        + ": must be full, 1..30 frames a second, keyframes, motion or paused");
    }

    @Override
    protected void print(LevelDocument now, PrintStream out) {
        if (wanted == null) {
            show(now, out);
            return;
        }
        out.println(
                "camera "
                        + now.camera()
                        + " "
                        + words(now.level(), now.fps())
                        + " until the next start");
        if (!wanted.kind().word().equals(now.level()) || wanted.fps() != rate(now)) {
            out.println(
                    now.level().equals(ServiceLevel.Kind.FULL.word())
                            ? "a file that is read once is read as it is set"
                            : "that is the lowest of what is asked for, by "
                                    + now.requests().get(0).by());
        }
    }

    private static int rate(LevelDocument now) {
        Integer fps = now.fps();
        return fps == null ? 0 : fps;
    }

    private void show(LevelDocument now, PrintStream out) {
        out.println("camera " + now.camera() + " " + words(now.level(), now.fps()));
        if (!now.requests().isEmpty()) {
            Table table = new Table("", "Who", "Level", "~Why");
            now.requests()
                    .forEach(
                            one ->
                                    table.row(
                                            one.by(),
                                            one.fps() == null ? one.level() : one.fps() + " fps",
                                            one.reason()));
            table.print(out, width());
        }
    }

    private static String words(String level, @Nullable Integer fps) {
        return switch (level) {
            case "full" -> "is to decode everything";
            case "keyframes" -> "is to decode key frames only";
            case "motion" -> "is to decode key frames only and look for motion alone";
            case "paused" -> "is paused";
            default -> "is to decode " + fps + " frames a second at most";
        };
    }
}
