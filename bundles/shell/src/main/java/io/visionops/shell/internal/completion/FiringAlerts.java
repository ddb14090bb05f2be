package io.visionops.shell.internal.completion;

import io.visionops.api.alert.Alert;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Ids of the alerts that nobody has acknowledged. */
@Service
public final class FiringAlerts extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return parts.find(Part.ALERTS).stream()
                .flatMap(alerts -> alerts.alerts().stream())
                .filter(alert -> alert.state() == Alert.State.FIRING)
                .map(Alert::id);
    }
}
