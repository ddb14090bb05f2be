package io.visionops.updater.internal.generation;

import io.visionops.api.update.UpdateException;
import io.visionops.updater.internal.metadata.ReleaseFile;
import java.io.IOException;
import java.nio.file.Path;

/** Where the files of a release come from that the program does not have. */
@FunctionalInterface
public interface Fetch {

    /**
     * Writes a file that is not there, and verifies what it has written.
     *
     * @throws UpdateException when it cannot be had as it was signed
     */
    void fetch(ReleaseFile file, Path target) throws UpdateException, IOException;

    /** A file is there already, since a download was cut short. */
    default void isThere(ReleaseFile file) {}
}
