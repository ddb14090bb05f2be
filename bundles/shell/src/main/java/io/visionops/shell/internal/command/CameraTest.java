package io.visionops.shell.internal.command;

import io.visionops.api.camera.CameraException;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.Words;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.ConnectionDocument;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Connects on trial. */
@Service
@Parsing(Words.class)
@Command(
        scope = "visionops",
        name = "camera-test",
        description = "Connects to a camera on trial, stage by stage")
public final class CameraTest extends VisionOpsCommand<ConnectionDocument> {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Argument(name = "NAME|URL", description = "A configured camera or an address", required = true)
    @Completion(CameraNames.class)
    private String nameOrUrl = "";

    @Override
    protected ConnectionDocument answer(Parts parts) throws CameraException {
        return ConnectionDocument.of(parts.get(Part.CAMERAS).test(nameOrUrl, LIMIT));
    }

    @Override
    protected void print(ConnectionDocument test, PrintStream out) {
        Table table = new Table("nothing was tested", "Stage", "Result", ">Took", "Found");
        for (ConnectionDocument.StageRow stage : test.stages()) {
            table.row(
                    stage.name(),
                    stage.passed() ? "ok" : "failed",
                    stage.tookMs() + " ms",
                    stage.detail());
        }
        table.print(out);
    }

    @Override
    protected Optional<String> failure(ConnectionDocument test) {
        return test.stages().stream()
                .filter(stage -> !stage.passed())
                .findFirst()
                .map(stage -> test.url() + ": " + stage.name() + " failed: " + stage.detail());
    }
}
