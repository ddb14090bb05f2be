package io.visionops.shell.internal.completion;

import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretInfo;
import io.visionops.api.secret.SecretStore;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Names of the secrets there are. */
@Service
public final class SecretNames extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return parts.find(Part.SECRETS).stream()
                .flatMap(secrets -> list(secrets).stream())
                .map(SecretInfo::name);
    }

    private static List<SecretInfo> list(SecretStore secrets) {
        try {
            return secrets.list();
        } catch (SecretException e) {
            // Nothing is offered; the command itself says why.
            return List.of();
        }
    }
}
