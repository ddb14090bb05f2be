package io.visionops.shell.internal.command;

import io.visionops.api.user.UserException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.UserNames;
import io.visionops.shell.internal.json.UserDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes a user. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "user-remove",
        description = "Removes a user and ends the sessions of that name")
public final class UserRemove extends VisionOpsCommand<UserDocument> {

    @Argument(name = "NAME", description = "The user", required = true)
    @Completion(UserNames.class)
    private String name = "";

    @Override
    protected UserDocument answer(Parts parts) throws UserException {
        parts.get(Part.USERS).remove(name, actor());
        return new UserDocument(name, "removed");
    }

    @Override
    protected void print(UserDocument done, PrintStream out) {
        out.println("user " + done.user() + " is removed");
    }
}
