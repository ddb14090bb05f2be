package io.visionops.shell.internal.command;

import io.visionops.api.secret.SecretException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Secret;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.SecretNames;
import io.visionops.shell.internal.json.SecretDocument;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Keeps a secret. Its value is typed or comes from a file, never an argument. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "secret-set",
        description = "Keeps a secret, such as the password of a camera; the value is asked for")
public final class SecretSet extends VisionOpsCommand<SecretDocument> {

    @Argument(name = "NAME", description = "Letters, digits and . _ -, up to 80", required = true)
    @Completion(SecretNames.class)
    private String name = "";

    @Option(name = "--file", description = "A file of the server with the value in its first line")
    private String file = "";

    @Override
    protected SecretDocument answer(Parts parts) throws SecretException, IOException {
        String value =
                file.isEmpty()
                        ? Secret.asked(session, "Value: ", "the value", "--file FILE")
                        : Secret.inFile(session, file);
        parts.get(Part.SECRETS).set(name, value, actor());
        return new SecretDocument(name, "set");
    }

    @Override
    protected void print(SecretDocument done, PrintStream out) {
        out.println(
                "secret "
                        + done.secret()
                        + " is set; an address names it $[secret:"
                        + done.secret()
                        + "]");
    }
}
