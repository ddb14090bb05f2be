package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.DiagnosticsDocument;
import io.visionops.shell.internal.json.DiagnosticsDocument.EntryRow;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Writes what whoever helps needs to know into one file. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "diagnostics",
        description = "Writes what whoever helps needs to know into one file, without secrets")
public final class DiagnosticsCommand extends VisionOpsCommand<DiagnosticsDocument> {

    @Argument(
            name = "FILE",
            description =
                    "Where to write, on the computer of the cameras; without, in the data folder")
    private @Nullable File file;

    @Override
    protected DiagnosticsDocument answer(Parts parts) throws IOException {
        Optional<Path> target =
                Optional.ofNullable(file)
                        .map(one -> session.currentDir().resolve(one.toPath()).normalize());
        return DiagnosticsDocument.of(parts.get(Part.DIAGNOSTICS).make(target, actor()));
    }

    @Override
    protected void print(DiagnosticsDocument written, PrintStream out) {
        out.println(Plain.line(written.file()) + ": " + Plain.size(written.bytes()));
        List<EntryRow> missing =
                written.entries().stream().filter(one -> one.missing() != null).toList();
        if (!missing.isEmpty()) {
            Table table = new Table("", "Not there, or not all of it", "~Because");
            missing.forEach(one -> table.row(one.name(), one.missing()));
            table.print(out, width());
        }
    }
}
