package io.visionops.shell.internal.command;

import io.visionops.api.frame.Picture;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.Json;
import io.visionops.shell.internal.json.SnapshotDocument;
import io.visionops.support.WholeFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Writes the latest picture of a camera to a file of the server. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-snapshot",
        description = "Writes the latest picture of a camera to a JPEG file")
public final class CameraSnapshot extends VisionOpsCommand<SnapshotDocument> {

    @Argument(name = "NAME", description = "The camera", required = true)
    @Completion(CameraNames.class)
    private String name = "";

    @Argument(
            index = 1,
            name = "FILE",
            description = "Where to write, on the computer of the cameras",
            required = true)
    private File file = new File("");

    @Option(name = "--force", description = "Replaces a file that is there")
    private boolean force;

    @Override
    protected SnapshotDocument answer(Parts parts) throws IOException {
        Picture picture =
                CameraRows.named(parts.get(Part.CAMERAS), name)
                        .latest()
                        .orElseThrow(
                                () -> new CommandException("camera " + name + " has no picture"));
        Path target = session.currentDir().resolve(file.toPath()).toAbsolutePath().normalize();
        write(picture.jpeg(), target);
        return new SnapshotDocument(
                name,
                target.toString(),
                picture.jpeg().length,
                picture.width(),
                picture.height(),
                picture.capturedAt());
    }

    /** All or nothing: a full disk leaves neither half a picture nor a lost old one. */
    private void write(byte[] jpeg, Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CommandException(Plain.line(target + ": the folder does not exist"));
        }
        if (Files.isDirectory(target)) {
            throw new CommandException(Plain.line(target + ": is a folder"));
        }
        try {
            WholeFile.writeAmongOthers(target, jpeg, force);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(
                    Plain.line(target + ": exists already; --force replaces it"), e);
        } catch (IOException e) {
            throw new CommandException(Plain.line(target + ": cannot be written: " + e), e);
        }
    }

    @Override
    protected void print(SnapshotDocument written, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %dx%d of %s, %s%n",
                Plain.line(written.file()),
                written.width(),
                written.height(),
                Json.time(written.time()),
                Plain.size(written.bytes()));
    }
}
