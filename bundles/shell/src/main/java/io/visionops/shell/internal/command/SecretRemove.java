package io.visionops.shell.internal.command;

import io.visionops.api.secret.SecretException;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.SecretNames;
import io.visionops.shell.internal.json.SecretDocument;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes a secret that nobody needs. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "secret-remove",
        description = "Removes a secret; refused while a camera names it")
public final class SecretRemove extends VisionOpsCommand<SecretDocument> {

    @Argument(name = "NAME", description = "The secret", required = true)
    @Completion(SecretNames.class)
    private String name = "";

    @Option(
            name = "--force",
            description = "Also one that a camera names; it goes on until it is started anew")
    private boolean force;

    @Override
    protected SecretDocument answer(Parts parts) throws SecretException {
        if (!force) {
            List<String> users = SecretUsers.of(parts.get(Part.CAMERAS), name);
            if (!users.isEmpty()) {
                throw new CommandException(
                        "secret "
                                + name
                                + " is used by camera "
                                + String.join(", ", users)
                                + ": change the address first, or give --force");
            }
        }
        parts.get(Part.SECRETS).remove(name, actor());
        return new SecretDocument(name, "removed");
    }

    @Override
    protected void print(SecretDocument done, PrintStream out) {
        out.println("secret " + done.secret() + " is removed");
    }
}
