package io.visionops.shell.internal.completion;

import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What may become of a release that is compared on one camera. */
@Service
public final class CanaryDecisions extends Names {

    public static final String PROMOTE = "promote";
    public static final String DROP = "drop";

    @Override
    protected Stream<String> names(Parts parts) {
        return Stream.of(PROMOTE, DROP);
    }
}
