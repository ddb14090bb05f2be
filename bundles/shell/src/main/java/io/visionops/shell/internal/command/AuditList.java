package io.visionops.shell.internal.command;

import io.visionops.api.audit.AuditException;
import io.visionops.api.audit.AuditQuery;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.json.AuditDocument;
import io.visionops.shell.internal.json.AuditRow;
import java.io.PrintStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Who did what. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "audit-list",
        description = "Lists who did what, and who tried, newest first")
public final class AuditList extends RangeCommand<AuditDocument> {

    @Option(name = "--actor", description = "Only what this one did: anna, or user/anna")
    private @Nullable String actor;

    @Option(name = "--action", description = "Only this: login, command, configuration-change ...")
    private @Nullable String action;

    @Option(name = "--limit", description = "Rows of a page, 1 to 1000")
    private String limit = "50";

    @Option(name = "--before", description = "The next page, as the page before names it")
    private @Nullable String before;

    @Override
    protected AuditDocument answer(Parts parts) throws AuditException {
        TimeOption.Range range = range(parts);
        return AuditDocument.of(
                parts.get(Part.AUDIT)
                        .entries(
                                new AuditQuery(
                                        range.from(),
                                        range.to(),
                                        Optional.ofNullable(actor),
                                        Optional.ofNullable(action),
                                        LimitOption.read(limit),
                                        number(before)),
                                actor()));
    }

    private static OptionalLong number(@Nullable String before) {
        if (before == null) {
            return OptionalLong.empty();
        }
        if (before.matches("\\d{1,18}")) {
            return OptionalLong.of(Long.parseLong(before));
        }
        throw new CommandException(
                "--before " + Plain.line(before) + ": must be the number of an entry");
    }

    @Override
    protected void print(AuditDocument page, PrintStream out) {
        Table table =
                new Table("no entries", ">No", "Time", "By", "Action", "On", "Outcome", "~Detail");
        for (AuditRow row : page.entries()) {
            table.row(
                    row.seq(),
                    time(row.time()),
                    row.actor(),
                    row.action(),
                    row.object(),
                    row.outcome(),
                    row.detail());
        }
        table.print(out, width());
        if (page.next() != null) {
            out.println("more with --before " + page.next());
        }
    }
}
