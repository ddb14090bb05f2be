package io.visionops.shell.internal.command;

import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.SilenceTargets;
import io.visionops.shell.internal.json.SilenceRow;
import io.visionops.support.DurationText;
import java.io.PrintStream;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has nobody told of a rule's alerts, or about a subject, for a while. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "alert-silence",
        description =
                "Has nobody told of a rule's alerts, or about a subject such as camera/front, for"
                        + " a while; alert-unsilence ends it before")
public final class AlertSilence extends VisionOpsCommand<SilenceRow> {

    @Argument(
            name = "TARGET",
            description = "A rule, or a subject such as camera/front",
            required = true)
    @Completion(SilenceTargets.class)
    private String target = "";

    @Option(name = "--for", description = "How long, 1m to 30d; required")
    private String length = "";

    @Option(name = "--reason", description = "Why, for the record")
    private String reason = "";

    @Override
    protected SilenceRow answer(Parts parts) {
        Duration wanted =
                DurationText.parse(length)
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                (length.isEmpty()
                                                                ? "--for is missing: it"
                                                                : "--for "
                                                                        + Plain.line(length)
                                                                        + ":")
                                                        + " must be "
                                                        + DurationText.ALLOWED));
        zone(parts);
        return SilenceRow.of(parts.get(Part.ALERTS).silence(target, wanted, actor(), reason));
    }

    @Override
    protected void print(SilenceRow silence, PrintStream out) {
        out.println(
                Plain.line(
                        "nobody is told of "
                                + silence.target()
                                + " until "
                                + time(silence.until())
                                + "; alert-unsilence "
                                + silence.id()
                                + " ends it before"));
    }
}
