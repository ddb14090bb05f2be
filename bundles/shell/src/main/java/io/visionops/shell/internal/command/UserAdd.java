package io.visionops.shell.internal.command;

import io.visionops.api.user.UserException;
import io.visionops.api.user.UserRole;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.Roles;
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

/** Adds a user. The password is typed or comes from a file, never an argument. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "user-add",
        description = "Adds a user who may log in; the password is asked for")
public final class UserAdd extends VisionOpsCommand<UserDocument> {

    @Argument(name = "NAME", description = "Letters, digits and . _ -, up to 64", required = true)
    private String name = "";

    @Option(name = "--role", description = "viewer, operator or admin", required = true)
    @Completion(Roles.class)
    private String role = "";

    @Option(
            name = "--password-file",
            description = "A file of the server with the password in its first line")
    private @Nullable String passwordFile;

    @Override
    protected UserDocument answer(Parts parts) throws UserException, IOException {
        UserRole chosen =
                UserRole.of(role)
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                "--role "
                                                        + Plain.line(role)
                                                        + ": must be viewer, operator or admin"));
        String password = UserPassword.read(session, passwordFile);
        parts.get(Part.USERS).add(name, chosen, password, actor());
        return new UserDocument(name, "added");
    }

    @Override
    protected void print(UserDocument done, PrintStream out) {
        out.println("user " + done.user() + " is added as " + role);
    }
}
