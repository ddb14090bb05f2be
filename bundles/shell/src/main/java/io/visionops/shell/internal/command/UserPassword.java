package io.visionops.shell.internal.command;

import io.visionops.shell.internal.Secret;
import java.io.IOException;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** The new password of a user, from a file or typed twice. */
final class UserPassword {

    private UserPassword() {}

    static String read(Session session, @Nullable String file) throws IOException {
        return file == null
                ? Secret.askedTwice(session, "password", Secret.PASSWORD_FILE)
                : Secret.inFile(session, file);
    }
}
