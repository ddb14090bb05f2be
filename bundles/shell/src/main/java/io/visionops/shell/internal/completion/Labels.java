package io.visionops.shell.internal.completion;

import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What the configured cameras look for. */
@Service
public final class Labels extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return cameras(parts).flatMap(one -> one.analysis().objects().stream());
    }
}
