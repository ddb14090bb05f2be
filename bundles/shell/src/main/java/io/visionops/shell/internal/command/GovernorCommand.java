package io.visionops.shell.internal.command;

import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.GovernorDocument;
import io.visionops.shell.internal.json.GovernorDocument.InputRow;
import io.visionops.shell.internal.json.GovernorDocument.RequestRow;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** What the machine is short of, and who is asked for less because of it. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "governor",
        description =
                "Shows what the machine is short of, and which camera is asked for less because of"
                        + " it")
public final class GovernorCommand extends VisionOpsCommand<GovernorDocument> {

    private static final Map<String, String> EFFECTS =
            Map.of(
                    "unknown", "not known",
                    "none", "none",
                    "holds", "keeps the level",
                    "lowers", "asks for less",
                    "tells", "is critical; cameras do not matter");

    @Override
    protected GovernorDocument answer(Parts parts) {
        zone(parts);
        return parts.get(Part.GOVERNOR)
                .status()
                .map(GovernorDocument::of)
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "the governor has just been started: try again in a"
                                                + " moment"));
    }

    @Override
    protected void print(GovernorDocument governor, PrintStream out) {
        if (!governor.enabled()) {
            out.println("switched off: governor.enabled in etc/io.visionops.health.cfg");
        }
        out.println(
                "level "
                        + governor.level()
                        + ", "
                        + Plain.line(governor.words())
                        + ", since "
                        + time(governor.since())
                        + " ("
                        + Plain.length(Duration.between(governor.since(), clock().instant()))
                        + ")"
                        + (governor.reason().isEmpty()
                                ? ""
                                : ": " + Plain.line(governor.reason())));
        Table inputs =
                new Table("", "Input", ">Value", ">Release", ">Throttle", ">Critical", "~Effect");
        for (InputRow row : governor.inputs()) {
            inputs.row(
                    row.input(),
                    row.value() == null ? null : row.value() + " " + row.unit(),
                    row.release(),
                    row.throttle(),
                    row.critical(),
                    EFFECTS.getOrDefault(row.effect(), row.effect()));
        }
        inputs.print(out, width());
        if (!governor.cameras().isEmpty()) {
            Table cameras = new Table("", "Camera", ">Priority", "Asked for", "In force");
            for (RequestRow row : governor.cameras()) {
                cameras.row(
                        row.camera(),
                        row.priority(),
                        words(row.asked(), row.askedFps()),
                        words(row.level(), row.fps()));
            }
            cameras.print(out, width());
        }
    }

    private static String words(String level, @Nullable Integer fps) {
        return fps == null ? level : fps + " fps";
    }
}
