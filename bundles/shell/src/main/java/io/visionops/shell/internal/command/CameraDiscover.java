package io.visionops.shell.internal.command;

import io.visionops.api.discovery.DiscoveryException;
import io.visionops.api.discovery.Search;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Credentials;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.DeviceRow;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Looks for cameras. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-discover",
        description =
                "Looks for ONVIF cameras on the network, or at hosts, and lists their streams")
public final class CameraDiscover extends VisionOpsCommand<List<DeviceRow>> {

    /** What cameras are analysed with when nothing else is set. */
    private static final int DETECT_WIDTH = 640;

    @Argument(
            name = "HOST",
            description = "HOST or HOST:PORT to ask directly; none: whatever answers",
            multiValued = true)
    private List<String> hosts = List.of();

    @Option(name = "--user", description = "A user of the cameras; the password is asked for")
    private @Nullable String user;

    @Option(
            name = "--password-file",
            description = "A file of the server with the password in its first line")
    private @Nullable String passwordFile;

    @Option(name = "--timeout", description = "How long to look, 1s to 60s")
    private String timeout = "5s";

    @Override
    protected List<DeviceRow> answer(Parts parts) throws IOException {
        Duration limit = SecondsOption.read("--timeout", timeout, 1, 60);
        Optional<Search.Login> login =
                Credentials.read(session, user, passwordFile)
                        .map(one -> new Search.Login(one.user(), one.password()));
        try {
            return parts
                    .get(Part.DISCOVERY)
                    .discover(new Search(hosts, login, DETECT_WIDTH, limit))
                    .stream()
                    .map(device -> DeviceRow.of(device, login.map(Search.Login::user)))
                    .toList();
        } catch (DiscoveryException e) {
            throw new CommandException(Plain.line(e.getMessage()), e);
        }
    }

    @Override
    protected void print(List<DeviceRow> devices, PrintStream out) {
        Table table =
                new Table(
                        "no camera answers: name its host if the network does not carry multicast",
                        "Host",
                        "?Name",
                        "?~Model",
                        "?Profile",
                        "?Codec",
                        "Size",
                        ">fps",
                        "~Address",
                        "Best");
        for (DeviceRow device : devices) {
            String model = (device.manufacturer() + " " + device.model()).strip();
            if (device.streams().isEmpty()) {
                table.row(device.host(), device.name(), model, null, null, null, null, null, null);
            }
            for (DeviceRow.StreamRow stream : device.streams()) {
                table.row(
                        device.host(),
                        device.name(),
                        model,
                        stream.profile(),
                        stream.codec(),
                        stream.width() == null ? null : stream.width() + "x" + stream.height(),
                        stream.fps(),
                        stream.url(),
                        stream.recommended() ? "yes" : "");
            }
        }
        table.print(out, width());
        for (DeviceRow device : devices) {
            if (device.problem() != null) {
                out.println(Plain.line(device.host() + ": " + device.problem()));
            }
            device.notes().forEach(note -> out.println(Plain.line(device.host() + ": " + note)));
        }
        List<String> adds =
                devices.stream().flatMap(one -> Optional.ofNullable(one.add()).stream()).toList();
        if (!adds.isEmpty()) {
            out.println("the best stream is added with");
            adds.forEach(add -> out.println("  " + add));
        }
    }
}
