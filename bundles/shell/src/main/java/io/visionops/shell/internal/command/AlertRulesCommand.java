package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.AlertRulesDocument;
import io.visionops.shell.internal.json.AlertRulesDocument.RuleRow;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Which rules are in force, and what is wrong with their file. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "alert-rules",
        description =
                "Lists the rules that are in force, and what is wrong with their file; exit status"
                        + " 1 when the file is refused")
public final class AlertRulesCommand extends VisionOpsCommand<AlertRulesDocument> {

    private static final int REFUSED = 1;

    @Override
    protected AlertRulesDocument answer(Parts parts) {
        return AlertRulesDocument.of(parts.get(Part.ALERTS).rules());
    }

    @Override
    protected void print(AlertRulesDocument document, PrintStream out) {
        Table table =
                new Table(
                        "no rules", "Rule", "Severity", "~Condition", ">For", "~Escalate", "State");
        for (RuleRow row : document.rules()) {
            table.row(
                    row.rule(),
                    row.severity(),
                    row.condition(),
                    row.holdFor().equals("0ms") ? null : row.holdFor(),
                    String.join(", ", row.escalation()),
                    state(row));
        }
        table.print(out, width());
        for (String error : document.errors()) {
            out.println(Plain.line("etc/" + document.file() + " is refused: " + error));
        }
        if (!document.errors().isEmpty()) {
            out.println(
                    document.loaded() == null
                            ? "no rules are in force until the file is right"
                            : "these are the last good rules; they stay until the file is right");
        }
    }

    private static String state(RuleRow row) {
        if (!row.enabled()) {
            return "off";
        }
        if (row.firing() + row.pending() == 0) {
            return "well";
        }
        return row.firing() + " firing, " + row.pending() + " pending";
    }

    @Override
    protected int exitStatus(AlertRulesDocument document) {
        return document.errors().isEmpty() ? 0 : REFUSED;
    }
}
