package io.visionops.shell.internal.command;

import io.visionops.api.camera.Cameras;
import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretStore;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.SecretRow;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The secrets there are, without their values. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "secret-list",
        description = "Lists secrets, who set them and which cameras use them; never a value")
public final class SecretList extends VisionOpsCommand<List<SecretRow>> {

    @Option(name = "--all", description = "Those that parts keep for themselves as well")
    boolean all;

    @Override
    protected List<SecretRow> answer(Parts parts) throws SecretException {
        zone(parts);
        Optional<Cameras> cameras = parts.find(Part.CAMERAS);
        return parts.get(Part.SECRETS).list().stream()
                .filter(one -> all || !one.name().startsWith(SecretStore.OURS))
                .map(
                        one ->
                                SecretRow.of(
                                        one,
                                        cameras.map(them -> SecretUsers.of(them, one.name()))
                                                .orElse(List.of())))
                .toList();
    }

    @Override
    protected void print(List<SecretRow> rows, PrintStream out) {
        Table table = new Table("no secrets", "Secret", "Set", "By", ">Version", "~Cameras");
        for (SecretRow row : rows) {
            table.row(
                    row.name(),
                    time(row.changed()),
                    row.by(),
                    row.version(),
                    String.join(", ", row.cameras()));
        }
        table.print(out, width());
    }
}
