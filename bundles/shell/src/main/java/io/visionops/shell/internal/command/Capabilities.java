package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.CapabilitiesDocument;
import io.visionops.shell.internal.json.CapabilitiesDocument.Row;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What works now, what is reduced, and why. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "capabilities",
        description = "Shows what works now, what is reduced or absent, and why")
public final class Capabilities extends VisionOpsCommand<CapabilitiesDocument> {

    @Override
    protected CapabilitiesDocument answer(Parts parts) {
        CameraCapabilities cameras = new CameraCapabilities(parts);
        ProgramCapabilities program = new ProgramCapabilities(parts, bundles);
        return new CapabilitiesDocument(
                List.of(
                        cameras.watching(),
                        cameras.counting(),
                        cameras.detectors(),
                        program.database(),
                        program.snapshots(),
                        program.page(),
                        program.shell(),
                        program.health(),
                        program.restarts(),
                        program.updates()));
    }

    @Override
    protected void print(CapabilitiesDocument document, PrintStream out) {
        Table table = new Table("", "What", "Status", "Now", "~Why");
        for (Row row : document.capabilities()) {
            table.row(row.capability(), row.status(), row.detail(), row.reason());
        }
        table.print(out, width());
    }
}
