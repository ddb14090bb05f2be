package io.visionops.shell.internal.completion;

import io.visionops.api.recovery.RecoveryAction;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Recovery;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Names of the repairs that parts offer. */
@Service
public final class RecoveryNames extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return new Recovery(bundles).each(RecoveryAction::name).stream();
    }
}
