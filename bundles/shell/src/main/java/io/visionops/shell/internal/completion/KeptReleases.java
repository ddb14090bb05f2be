package io.visionops.shell.internal.completion;

import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Releases that can be gone back to. */
@Service
public final class KeptReleases extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return parts.get(Part.UPDATES).status().kept().stream().map(String::valueOf);
    }
}
