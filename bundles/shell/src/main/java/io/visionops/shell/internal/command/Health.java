package io.visionops.shell.internal.command;

import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.support.document.HealthDocument;
import io.visionops.support.document.HealthDocument.CheckRow;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Every check of every part, and what to do. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "health",
        description =
                "Shows what the checks of every part found, and what to do; exit status 0 well, 1"
                        + " degraded, 2 critical")
public final class Health extends VisionOpsCommand<HealthDocument> {

    private static final int DEGRADED = 1;
    private static final int CRITICAL = 2;

    @Override
    protected HealthDocument answer(Parts parts) {
        HealthMonitor monitor = parts.get(Part.HEALTH);
        HealthReport report =
                monitor.report()
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                "health checks have just been started: try again"
                                                        + " in a moment"));
        return monitor.isOverdue() ? HealthDocument.overdue(report) : HealthDocument.of(report);
    }

    @Override
    protected void print(HealthDocument health, PrintStream out) {
        out.println(health.status());
        Table table = new Table("no checks", "Check", "Status", ">Since", "~Cause");
        addRows(table, health.checks(), "");
        table.print(out, width());
        printRemedies(health.checks(), out);
    }

    private void addRows(Table table, List<CheckRow> rows, String indent) {
        for (CheckRow row : rows) {
            table.row(
                    indent + row.name(),
                    row.status(),
                    Plain.length(Duration.between(row.since(), clock().instant())),
                    row.cause());
            addRows(table, row.children(), indent + "- ");
        }
    }

    /** Only of roots: with their causes gone what they explain is well. */
    private static void printRemedies(List<CheckRow> rows, PrintStream out) {
        for (CheckRow row : rows) {
            if (!row.remedy().isEmpty()) {
                out.println(Plain.line(row.name()) + ": " + Plain.line(row.remedy()));
            }
        }
    }

    @Override
    protected int exitStatus(HealthDocument health) {
        HealthStatus status = HealthStatus.valueOf(health.status());
        if (status == HealthStatus.OK) {
            return 0;
        }
        return status.compareTo(HealthStatus.CRITICAL) < 0 ? DEGRADED : CRITICAL;
    }
}
