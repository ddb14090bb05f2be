package io.visionops.shell.internal.command;

import io.visionops.api.camera.CameraException;
import io.visionops.shell.internal.Credentials;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.ConnectionDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Connects on trial. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-test",
        description = "Connects to a camera on trial, stage by stage")
public final class CameraTest extends VisionOpsCommand<ConnectionDocument> {

    private static final int SHORTEST = 2;
    private static final int LONGEST = 120;

    @Argument(name = "NAME|URL", description = "A configured camera or an address", required = true)
    @Completion(CameraNames.class)
    private String nameOrUrl = "";

    @Option(name = "--limit", description = "How long each address may take, 2s to 120s")
    private String limit = "20s";

    @Option(name = "--user", description = "A user of the camera; the password is asked for")
    private @Nullable String user;

    @Option(
            name = "--password-file",
            description = "A file of the server with the password in its first line")
    private @Nullable String passwordFile;

    @Override
    protected ConnectionDocument answer(Parts parts) throws CameraException, IOException {
        Optional<Credentials> login = Credentials.read(session, user, passwordFile);
        String tested = login.map(one -> one.in(nameOrUrl)).orElse(nameOrUrl);
        Duration each = SecondsOption.read("--limit", limit, SHORTEST, LONGEST);
        return ConnectionDocument.of(parts.get(Part.CAMERAS).test(tested, each));
    }

    @Override
    protected void print(ConnectionDocument test, PrintStream out) {
        for (ConnectionDocument.AddressRow address : test.addresses()) {
            out.println(Plain.line(address.url()));
            Table table = new Table("nothing was tested", "Stage", "Result", ">Took", "~Found");
            for (ConnectionDocument.StageRow stage : address.stages()) {
                table.row(stage.name(), word(stage), took(stage), stage.found());
            }
            table.print(out, width());
            for (ConnectionDocument.StageRow stage : address.stages()) {
                if (stage.advice() != null) {
                    out.println(Plain.line(stage.name() + ": " + stage.advice()));
                }
            }
        }
    }

    private static String word(ConnectionDocument.StageRow stage) {
        return switch (stage.result()) {
            case "passed" -> "ok";
            case "failed" -> "FAILED";
            default -> "not tried";
        };
    }

    private static @Nullable String took(ConnectionDocument.StageRow stage) {
        return stage.tookMs() == null ? null : stage.tookMs() + " ms";
    }

    @Override
    protected Optional<String> failure(ConnectionDocument test) {
        return test.addresses().stream().flatMap(CameraTest::failures).findFirst();
    }

    private static Stream<String> failures(ConnectionDocument.AddressRow address) {
        return address.stages().stream()
                .filter(stage -> stage.result().equals("failed"))
                .map(stage -> address.url() + ": " + stage.name() + " failed: " + stage.found());
    }
}
