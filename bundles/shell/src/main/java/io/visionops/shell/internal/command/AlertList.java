package io.visionops.shell.internal.command;

import io.visionops.api.alert.Alert;
import io.visionops.api.alert.Alerts;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.AlertRow;
import io.visionops.shell.internal.json.AlertsDocument;
import io.visionops.shell.internal.json.SilenceRow;
import java.io.PrintStream;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the alerts that somebody should know of. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "alert-list",
        description = "Lists the alerts that fire, and what to do; --all shows all of them")
public final class AlertList extends VisionOpsCommand<AlertsDocument> {

    @Option(
            name = "--all",
            description = "Also those that are pending, explained by another one, or over")
    private boolean all;

    @Override
    protected AlertsDocument answer(Parts parts) {
        Alerts alerts = parts.get(Part.ALERTS);
        zone(parts);
        return new AlertsDocument(
                alerts.alerts().stream().filter(this::isShown).map(AlertRow::of).toList(),
                alerts.silences().stream().map(SilenceRow::of).toList());
    }

    private boolean isShown(Alert alert) {
        return all
                || switch (alert.state()) {
                    case FIRING, ACKNOWLEDGED, SILENCED -> true;
                    case INHIBITED, PENDING, RESOLVED -> false;
                };
    }

    @Override
    protected void print(AlertsDocument document, PrintStream out) {
        Table table =
                new Table("no alerts", ">Id", "Rule", "Severity", "State", ">Since", "~Cause");
        for (AlertRow row : document.alerts()) {
            table.row(
                    row.id(),
                    row.rule(),
                    row.severity(),
                    state(row),
                    Plain.length(Duration.between(row.since(), clock().instant())),
                    row.cause());
        }
        table.print(out, width());
        document.alerts().stream()
                .filter(row -> !row.remedy().isEmpty() && row.resolvedAt() == null)
                .filter(row -> row.firedAt() != null && row.inhibitedBy() == null)
                .forEach(
                        row ->
                                out.println(
                                        Plain.line(
                                                row.id()
                                                        + ": "
                                                        + row.remedy()
                                                        + (row.runbook().isEmpty()
                                                                ? ""
                                                                : "; " + row.runbook()))));
        if (!document.silences().isEmpty()) {
            Table silences = new Table("", ">Id", "Silenced", "Until", "By", "~Why");
            for (SilenceRow row : document.silences()) {
                silences.row(row.id(), row.target(), time(row.until()), row.by(), row.reason());
            }
            silences.print(out, width());
        }
    }

    private static String state(AlertRow row) {
        return row.inhibitedBy() != null && row.resolvedAt() == null
                ? row.state() + " by " + row.inhibitedBy()
                : row.state();
    }
}
