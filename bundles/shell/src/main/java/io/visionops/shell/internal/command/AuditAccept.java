package io.visionops.shell.internal.command;

import io.visionops.api.audit.AuditException;
import io.visionops.api.audit.AuditReport;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.AuditVerificationDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says that somebody has looked into what was found. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "audit-accept",
        description = "Accepts what audit-verify finds now, with a reason; it is told with it then")
public final class AuditAccept extends VisionOpsCommand<AuditReport> {

    @Option(name = "--reason", required = true, description = "What was found to be the cause")
    private String reason = "";

    @Override
    protected AuditReport answer(Parts parts) throws AuditException {
        return parts.get(Part.AUDIT).accept(reason, actor());
    }

    @Override
    protected Object document(AuditReport report) {
        return AuditVerificationDocument.of(report);
    }

    @Override
    protected void print(AuditReport report, PrintStream out) {
        AuditVerify.write(report, out);
    }
}
