package io.visionops.shell.internal.command;

import io.visionops.api.secret.SecretException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Secret;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.MasterKeyDocument;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Opens the master key that a passphrase locks. It is typed or comes from a file. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "secret-unlock",
        description =
                "Opens the master key that a passphrase locks, until the next start; the passphrase"
                        + " is asked for")
public final class SecretUnlock extends VisionOpsCommand<MasterKeyDocument> {

    @Option(
            name = "--file",
            description = "A file of the server with the passphrase in its first line")
    private String file = "";

    @Override
    protected MasterKeyDocument answer(Parts parts) throws SecretException, IOException {
        String passphrase =
                file.isEmpty()
                        ? Secret.asked(session, "Passphrase: ", "the passphrase", "--file FILE")
                        : Secret.inFile(session, file);
        parts.get(Part.PASSPHRASE).unlock(passphrase, actor());
        return new MasterKeyDocument("unlocked");
    }

    @Override
    protected void print(MasterKeyDocument done, PrintStream out) {
        out.println("the master key is unlocked until the next start");
    }
}
