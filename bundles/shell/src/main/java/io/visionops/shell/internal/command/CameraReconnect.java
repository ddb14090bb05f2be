package io.visionops.shell.internal.command;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.Cameras;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.DoneDocument;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Connects cameras anew. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-reconnect",
        description = "Ends the connection of a camera, or of all, and connects anew")
public final class CameraReconnect extends VisionOpsCommand<DoneDocument> {

    @Argument(name = "NAME", description = "The camera")
    @Completion(CameraNames.class)
    private @Nullable String name;

    @Option(name = "--all", description = "Every camera that is enabled")
    private boolean all;

    @Option(
            name = "--smooth",
            description = "Connects a second time first and changes over without a gap")
    private boolean smooth;

    @Override
    protected DoneDocument answer(Parts parts) {
        List<Camera> chosen = chosen(parts.get(Part.CAMERAS));
        for (Camera camera : chosen) {
            if (smooth) {
                camera.renew(actor());
            } else {
                camera.reconnect(actor());
            }
        }
        String names =
                chosen.stream()
                        .map(camera -> camera.settings().name())
                        .collect(Collectors.joining(","));
        return new DoneDocument(names, "reconnecting");
    }

    private List<Camera> chosen(Cameras cameras) {
        if (all == (name != null)) {
            throw new CommandException("name a camera, or --all");
        }
        return name != null
                ? List.of(CameraRows.named(cameras, name))
                : cameras.list().stream().filter(camera -> camera.settings().enabled()).toList();
    }

    @Override
    protected void print(DoneDocument done, PrintStream out) {
        String which = done.camera().replace(",", ", ");
        out.println(
                done.camera().isEmpty()
                        ? "no camera is enabled"
                        : "camera " + which + " is connecting anew");
    }
}
