package io.visionops.shell.internal.command;

import io.visionops.api.audit.AuditException;
import io.visionops.api.audit.AuditReport;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.AuditVerificationDocument;
import io.visionops.shell.internal.json.AuditVerificationDocument.FindingRow;
import java.io.PrintStream;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Whether somebody has changed the audit. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "audit-verify",
        description = "Verifies that nobody has changed the audit; ends with 1 when somebody has")
public final class AuditVerify extends VisionOpsCommand<AuditReport> {

    @Override
    protected AuditReport answer(Parts parts) throws AuditException {
        return parts.get(Part.AUDIT).verify(actor());
    }

    @Override
    protected Object document(AuditReport report) {
        return AuditVerificationDocument.of(report);
    }

    @Override
    protected int exitStatus(AuditReport report) {
        return report.isGood() ? 0 : 1;
    }

    @Override
    protected void print(AuditReport report, PrintStream out) {
        write(report, out);
    }

    /** The verdict, and each finding on a line. */
    static void write(AuditReport report, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: lines %d to %d, %d epochs sealed, %d checkpoints from elsewhere, tags %s,"
                        + " in %s%n",
                verdict(report),
                report.first(),
                report.last(),
                report.epochs(),
                report.copies(),
                report.tags() ? "verified" : "not verified",
                Plain.length(report.took()));
        for (FindingRow one : AuditVerificationDocument.of(report).findings()) {
            out.println(
                    Plain.line(
                            one.mark()
                                    + one.kind()
                                    + (one.seq() > 0 ? ", line " + one.seq() : "")
                                    + (one.epoch() >= 0 ? ", epoch " + one.epoch() : "")
                                    + ": "
                                    + one.words()
                                    + one.acceptance()));
        }
    }

    private static String verdict(AuditReport report) {
        if (!report.complete()) {
            return "NOT VERIFIED TO THE END";
        }
        return report.isGood() ? "as it was written" : "THE AUDIT WAS CHANGED";
    }
}
