package io.visionops.api.diagnostics;

import io.visionops.api.subject.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Makes diagnostics files. Thread-safe; one at a time. */
@ProviderType
public interface Diagnostics {

    /**
     * Collects what can be collected within half a minute; what cannot is named in the manifest.
     *
     * @param file where to write; empty for {@code diagnostics/} in the data folder, where the last
     *     five are kept
     * @throws IOException when there is a file of that name, or it cannot be written
     */
    DiagnosticsFile make(Optional<Path> file, Actor by) throws IOException;
}
