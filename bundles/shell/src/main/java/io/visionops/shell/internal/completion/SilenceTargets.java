package io.visionops.shell.internal.completion;

import io.visionops.api.alert.AlertRule;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Rules, and cameras as subjects. */
@Service
public final class SilenceTargets extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return Stream.concat(
                parts.find(Part.ALERTS).stream()
                        .flatMap(alerts -> alerts.rules().rules().stream())
                        .map(AlertRule::name),
                cameras(parts).map(camera -> "camera/" + camera.name()));
    }
}
