package io.visionops.shell.internal.command;

import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.Cameras;
import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretStore;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Credentials;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Secret;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.DoneDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Adds a camera. Its address may hold a password and is never printed. */
@Service
@Parsing(LineParser.class)
@Command(scope = "visionops", name = "camera-add", description = "Adds a camera")
public final class CameraAdd extends VisionOpsCommand<DoneDocument> {

    @Argument(name = "NAME", description = "Letters, digits, _ and -, up to 64", required = true)
    private String name = "";

    @Argument(
            index = 1,
            name = "URL",
            description = "rtsp://, rtsps://, http(s)://, file: or v4l2:",
            required = true)
    private String url = "";

    @Option(
            name = "--set",
            description = "A setting as in the configuration file: key=value",
            multiValued = true)
    private List<String> settings = List.of();

    @Option(name = "--user", description = "A user of the camera; the password is asked for")
    private @Nullable String user;

    @Option(
            name = "--password",
            description = "Asks for the password of the user that the address names")
    private boolean password;

    @Option(
            name = "--password-file",
            description = "A file of the server with the password in its first line")
    private @Nullable String passwordFile;

    @Override
    protected DoneDocument answer(Parts parts)
            throws CameraException, SecretException, IOException {
        Map<String, String> all = new TreeMap<>();
        boolean withPassword = user != null || password || passwordFile != null;
        all.put("url", withPassword ? Credentials.referring(url, user, reference()) : url);
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            String key = pair[0].strip();
            if (pair.length < 2 || key.isEmpty()) {
                throw new CommandException("--set " + Plain.line(setting) + ": must be key=value");
            }
            if (all.put(key, pair[1].strip()) != null) {
                throw new CommandException("--set " + Plain.line(key) + ": given twice");
            }
        }
        if (withPassword) {
            addWithPassword(parts, all);
        } else {
            parts.get(Part.CAMERAS).add(name, all, actor());
        }
        return new DoneDocument(name, "added");
    }

    private String reference() {
        return "$[secret:" + CameraSecret.of(name) + "]";
    }

    private void addWithPassword(Parts parts, Map<String, String> all)
            throws CameraException, SecretException, IOException {
        Cameras cameras = parts.get(Part.CAMERAS);
        SecretStore secrets = parts.get(Part.SECRETS);
        String value =
                passwordFile != null
                        ? Secret.inFile(session, passwordFile)
                        : Secret.asked(
                                session,
                                user == null
                                        ? "Password of the camera: "
                                        : "Password of " + Plain.line(user) + ": ");
        CameraSecret secret = new CameraSecret(cameras, secrets, name);
        secret.add(value, actor());
        try {
            cameras.add(name, all, actor());
        } catch (CameraException | RuntimeException e) {
            secret.takeBack(e, actor());
            throw e;
        }
    }

    @Override
    protected void print(DoneDocument done, PrintStream out) {
        out.println("camera " + done.camera() + " is added");
        if (Credentials.isIn(url)) {
            out.println(
                    "its password was on the command line, which others of this computer may have"
                            + " seen, and stands in its file: better leave it out and give --user");
        }
    }
}
