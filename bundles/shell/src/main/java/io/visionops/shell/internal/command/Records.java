package io.visionops.shell.internal.command;

import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Subject;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.json.RecordRow;
import io.visionops.shell.internal.json.RecordsDocument;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Lists facts of open kinds, those of parts that this version does not know too. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "records",
        description = "Lists what parts have recorded (health, restart, audit ...), newest first")
public final class Records extends RangeCommand<RecordsDocument> {

    @Option(name = "--kind", description = "Only records of this kind, such as audit")
    private @Nullable String kind;

    @Option(name = "--subject", description = "Only about this, written kind/name: camera/front")
    private @Nullable String subject;

    @Option(name = "--limit", description = "Rows of a page, 1 to 1000")
    private String limit = "50";

    @Option(name = "--cursor", description = "The next page, as the page before names it")
    private @Nullable String cursor;

    @Override
    protected RecordsDocument answer(Parts parts) {
        TimeOption.Range range = range(parts);
        return RecordsDocument.of(
                parts.get(Part.JOURNAL_READER)
                        .records(
                                new RecordQuery(
                                        Optional.ofNullable(kind),
                                        Optional.ofNullable(subject).map(Subject::parse),
                                        range.from(),
                                        range.to(),
                                        LimitOption.read(limit),
                                        Optional.ofNullable(cursor))));
    }

    @Override
    protected void print(RecordsDocument page, PrintStream out) {
        Table table = new Table("no records", "Time", "Kind", "Subject", "By", "~Record");
        for (RecordRow row : page.records()) {
            table.row(time(row.time()), row.kind(), row.subject(), row.actor(), row.body());
        }
        table.print(out, width());
        if (page.next() != null) {
            out.println("more with --cursor " + Plain.line(page.next()));
        }
    }
}
