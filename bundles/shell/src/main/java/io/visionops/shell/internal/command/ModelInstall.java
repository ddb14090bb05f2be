package io.visionops.shell.internal.command;

import io.visionops.api.model.ModelException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.ModelNames;
import io.visionops.shell.internal.json.ModelRow;
import java.io.PrintStream;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Installs a model. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "model-install",
        description = "Installs a model by its catalogue name or from a file")
public final class ModelInstall extends VisionOpsCommand<ModelRow> {

    @Argument(
            name = "NAME|FILE",
            description = "A model of the catalogue, or an ONNX file of this computer",
            required = true)
    @Completion(ModelNames.class)
    private String nameOrFile = "";

    @Override
    protected ModelRow answer(Parts parts) throws ModelException {
        return ModelRow.of(parts.get(Part.MODELS).install(nameOrFile, actor()));
    }

    @Override
    protected void print(ModelRow model, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "model %s is installed: %s, %dx%d, licence %s%s%n",
                Plain.line(model.name()),
                Plain.line(model.family()),
                model.width(),
                model.height(),
                Plain.line(model.licence()),
                model.latencyMs() == null ? "" : ", " + model.latencyMs() + " ms a frame");
    }
}
