package io.visionops.shell.internal.completion;

import io.visionops.api.geometry.Line;
import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Names of the configured lines. */
@Service
public final class LineNames extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return cameras(parts).flatMap(one -> one.analysis().lines().stream()).map(Line::name);
    }
}
