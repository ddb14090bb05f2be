package io.visionops.shell.internal.command;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.AuditKeyDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The first key of the audit, for a person to keep elsewhere. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "audit-key",
        description = "Prints the first key of the audit, which a verifier elsewhere needs")
public final class AuditKeyCommand extends VisionOpsCommand<AuditKeyDocument> {

    @Option(
            name = "--forget",
            description = "Removes it from this computer, when it is kept elsewhere")
    private boolean forget;

    @Override
    protected AuditKeyDocument answer(Parts parts) throws AuditException {
        Audit audit = parts.get(Part.AUDIT);
        if (forget) {
            audit.forgetInitialKey(actor());
            return new AuditKeyDocument("");
        }
        return new AuditKeyDocument(audit.initialKey(actor()));
    }

    @Override
    protected void print(AuditKeyDocument key, PrintStream out) {
        if (key.key().isEmpty()) {
            out.println("removed; whoever has a copy can verify all tags");
        } else {
            out.println(key.key());
            out.println("Keep it elsewhere, and remove it from here: audit-key --forget");
        }
    }
}
