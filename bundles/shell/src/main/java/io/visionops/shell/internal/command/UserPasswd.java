package io.visionops.shell.internal.command;

import io.visionops.api.user.UserException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.UserNames;
import io.visionops.shell.internal.json.UserDocument;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Gives a user another password, typed or from a file, never an argument. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "user-passwd",
        description = "Gives a user another password, which is asked for")
public final class UserPasswd extends VisionOpsCommand<UserDocument> {

    @Argument(name = "NAME", description = "The user", required = true)
    @Completion(UserNames.class)
    private String name = "";

    @Option(
            name = "--password-file",
            description = "A file of the server with the password in its first line")
    private @Nullable String passwordFile;

    @Override
    protected UserDocument answer(Parts parts) throws UserException, IOException {
        String password = UserPassword.read(session, passwordFile);
        parts.get(Part.USERS).setPassword(name, password, actor());
        return new UserDocument(name, "changed");
    }

    @Override
    protected void print(UserDocument done, PrintStream out) {
        out.println("user " + done.user() + " has another password");
    }
}
