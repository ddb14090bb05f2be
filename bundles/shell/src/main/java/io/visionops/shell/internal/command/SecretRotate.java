package io.visionops.shell.internal.command;

import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretStore;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.SecretsRotated;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Encrypts all secrets anew. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "secret-rotate",
        description = "Encrypts all secrets anew with a new data key; nothing else changes")
public final class SecretRotate extends VisionOpsCommand<SecretsRotated> {

    @Option(
            name = "--master",
            description = "Makes a new master key too, in the place of the present file")
    private boolean master;

    @Override
    protected SecretsRotated answer(Parts parts) throws SecretException {
        SecretStore secrets = parts.get(Part.SECRETS);
        return new SecretsRotated(master ? secrets.rotateMaster(actor()) : secrets.rotate(actor()));
    }

    @Override
    protected void print(SecretsRotated done, PrintStream out) {
        out.println(
                done.rotated()
                        + " secrets are encrypted with a new data key"
                        + (master ? " and a new master key" : ""));
    }
}
