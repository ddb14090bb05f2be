package io.visionops.shell.internal.command;

import io.visionops.api.secret.MasterKeyPassphrase;
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

/** Locks the master key by a passphrase. It is typed or comes from a file, never an argument. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "secret-passphrase",
        description =
                "Locks the master key of the secrets by a passphrase, which is asked for; somebody"
                        + " has to type it after each start")
public final class SecretPassphrase extends VisionOpsCommand<MasterKeyDocument> {

    private static final String INSTEAD = "--file FILE";

    @Option(
            name = "--remove",
            description = "Asks for the present passphrase and puts the file of the key back")
    private boolean remove;

    @Option(
            name = "--file",
            description = "A file of the server with the passphrase in its first line")
    private String file = "";

    @Override
    protected MasterKeyDocument answer(Parts parts) throws SecretException, IOException {
        String passphrase = passphrase();
        MasterKeyPassphrase key = parts.get(Part.PASSPHRASE);
        if (remove) {
            key.removePassphrase(passphrase, actor());
            return new MasterKeyDocument("plain");
        }
        key.setPassphrase(passphrase, actor());
        return new MasterKeyDocument("locked");
    }

    private String passphrase() throws IOException {
        if (!file.isEmpty()) {
            return Secret.inFile(session, file);
        }
        return remove
                ? Secret.asked(session, "Passphrase: ", "the passphrase", INSTEAD)
                : Secret.askedTwice(session, "passphrase", INSTEAD);
    }

    @Override
    protected void print(MasterKeyDocument done, PrintStream out) {
        out.println(
                done.masterKey().equals("locked")
                        ? "the master key is locked by the passphrase; after each start"
                                + " secret-unlock asks for it"
                        : "no passphrase locks the master key any more");
    }
}
