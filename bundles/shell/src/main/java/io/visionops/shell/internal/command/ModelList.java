package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.ModelRow;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the models. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "model-list",
        description = "Lists the models of the catalogue and the installed ones")
public final class ModelList extends VisionOpsCommand<List<ModelRow>> {

    @Override
    protected List<ModelRow> answer(Parts parts) {
        return parts.get(Part.MODELS).list().stream().map(ModelRow::of).toList();
    }

    @Override
    protected void print(List<ModelRow> models, PrintStream out) {
        Table table =
                new Table(
                        "no models",
                        "Model",
                        "?Family",
                        "Input",
                        "Installed",
                        "?>ms a frame",
                        "?~Licence",
                        "?~Source");
        for (ModelRow model : models) {
            table.row(
                    model.name(),
                    model.family(),
                    model.width() + "x" + model.height(),
                    model.installed() ? "yes" : "no",
                    model.latencyMs(),
                    model.licence(),
                    model.source());
        }
        table.print(out, width());
    }
}
