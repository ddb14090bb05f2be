package io.visionops.shell.internal.completion;

import io.visionops.api.geometry.Zone;
import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Names of the configured zones. */
@Service
public final class ZoneNames extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return cameras(parts).flatMap(one -> one.analysis().zones().stream()).map(Zone::name);
    }
}
