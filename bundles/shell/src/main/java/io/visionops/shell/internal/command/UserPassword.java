package io.visionops.shell.internal.command;

import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Secret;
import java.io.IOException;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** The new password of a user, from a file or typed twice. */
final class UserPassword {

    private UserPassword() {}

    static String read(Session session, @Nullable String file) throws IOException {
        if (file != null) {
            return Secret.inFile(session, file);
        }
        String password = Secret.asked(session, "New password: ");
        if (!password.equals(Secret.asked(session, "The same again: "))) {
            throw new CommandException("the passwords differ");
        }
        return password;
    }
}
