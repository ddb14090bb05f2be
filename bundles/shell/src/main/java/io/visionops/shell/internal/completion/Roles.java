package io.visionops.shell.internal.completion;

import io.visionops.api.user.UserRole;
import io.visionops.shell.internal.Parts;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What a user may be. */
@Service
public final class Roles extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return Arrays.stream(UserRole.values()).map(UserRole::word);
    }
}
