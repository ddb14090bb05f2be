package io.visionops.shell.internal.completion;

import io.visionops.api.alert.Silence;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Ids of the silences in force. */
@Service
public final class SilenceIds extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return parts.find(Part.ALERTS).stream()
                .flatMap(alerts -> alerts.silences().stream())
                .map(Silence::id);
    }
}
