package io.visionops.shell.internal.completion;

import io.visionops.api.user.UserException;
import io.visionops.api.user.UserInfo;
import io.visionops.api.user.Users;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Names of the users there are. */
@Service
public final class UserNames extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return parts.find(Part.USERS).stream()
                .flatMap(users -> list(users).stream())
                .map(UserInfo::name);
    }

    private static List<UserInfo> list(Users users) {
        try {
            return users.list();
        } catch (UserException e) {
            // Nothing is offered; the command itself says why.
            return List.of();
        }
    }
}
