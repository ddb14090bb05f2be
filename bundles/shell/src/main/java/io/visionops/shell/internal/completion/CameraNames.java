package io.visionops.shell.internal.completion;

import io.visionops.api.camera.CameraSettings;
import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Names of the configured cameras. */
@Service
public final class CameraNames extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return cameras(parts).map(CameraSettings::name);
    }
}
