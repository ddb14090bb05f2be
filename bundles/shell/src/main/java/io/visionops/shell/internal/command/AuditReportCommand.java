package io.visionops.shell.internal.command;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditException;
import io.visionops.api.audit.AuditPage;
import io.visionops.api.audit.AuditQuery;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.json.AuditReportDocument;
import io.visionops.shell.internal.json.AuditRow;
import io.visionops.shell.internal.json.AuditVerificationDocument;
import io.visionops.shell.internal.json.AuditWrittenDocument;
import io.visionops.support.WholeFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Writes a report of the audit for auditors. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "audit-report",
        description = "Writes who did what in a time to a file, with what a verification says")
public final class AuditReportCommand extends RangeCommand<AuditWrittenDocument> {

    private static final int PAGE = 1_000;
    private static final int MOST = 200_000;

    @Argument(
            name = "FILE",
            description = "Where to write, on the computer of the cameras",
            required = true)
    private File file = new File("");

    @Option(name = "--format", description = "csv, json or html")
    private String format = "html";

    @Option(name = "--force", description = "Replaces a file that is there")
    private boolean force;

    @Override
    protected AuditWrittenDocument answer(Parts parts) throws AuditException, IOException {
        AuditReportForm form = AuditReportForm.named(format);
        Path target = session.currentDir().resolve(file.toPath()).toAbsolutePath().normalize();
        Audit audit = parts.get(Part.AUDIT);
        List<AuditRow> entries = entries(audit, range(parts));
        AuditReportDocument report =
                new AuditReportDocument(
                        AuditVerificationDocument.of(audit.verify(actor())),
                        audit.checkpoint().orElse(""),
                        entries);
        write(target, form.text(report));
        return new AuditWrittenDocument(
                target.toString(), entries.size(), report.verification().good());
    }

    private List<AuditRow> entries(Audit audit, TimeOption.Range range) throws AuditException {
        List<AuditRow> entries = new ArrayList<>();
        OptionalLong before = OptionalLong.empty();
        do {
            AuditPage page =
                    audit.entries(
                            new AuditQuery(
                                    range.from(),
                                    range.to(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    PAGE,
                                    before),
                            actor());
            page.records().stream().map(AuditRow::of).forEach(entries::add);
            before = page.next();
        } while (before.isPresent() && entries.size() < MOST);
        if (before.isPresent()) {
            throw new CommandException(
                    "more than " + MOST + " entries: name a shorter time with --from and --to");
        }
        Collections.reverse(entries);
        return entries;
    }

    private void write(Path target, String text) throws IOException {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CommandException(Plain.line(target + ": the folder does not exist"));
        }
        try {
            WholeFile.writeAmongOthers(target, text.getBytes(StandardCharsets.UTF_8), force);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(
                    Plain.line(target + ": exists already; --force replaces it"), e);
        }
    }

    @Override
    protected void print(AuditWrittenDocument written, PrintStream out) {
        out.println(
                Plain.line(written.file())
                        + ": "
                        + written.entries()
                        + " entries; the audit is "
                        + (written.good() ? "as it was written" : "CHANGED, as the report says"));
    }
}
