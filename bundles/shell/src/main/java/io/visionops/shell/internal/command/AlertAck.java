package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.FiringAlerts;
import io.visionops.shell.internal.json.AlertRow;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says that somebody takes care of an alert. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "alert-ack",
        description = "Says that you take care of an alert: it is not escalated any more")
public final class AlertAck extends VisionOpsCommand<AlertRow> {

    @Argument(name = "ID", description = "The alert, as alert-list names it", required = true)
    @Completion(FiringAlerts.class)
    private String id = "";

    @Override
    protected AlertRow answer(Parts parts) {
        return AlertRow.of(parts.get(Part.ALERTS).acknowledge(id, actor()));
    }

    @Override
    protected void print(AlertRow alert, PrintStream out) {
        out.println(
                Plain.line(
                        "alert "
                                + alert.id()
                                + " ("
                                + alert.rule()
                                + ") is acknowledged by "
                                + alert.acknowledgedBy()));
    }
}
