package io.visionops.updater.internal;

import io.visionops.api.update.UpdateException;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/** The repository that an installation takes its releases from. For one thread at a time. */
interface Releases {

    /**
     * The newest release, verified.
     *
     * @throws UpdateException when there is none, or it is not to be trusted
     */
    Release newest() throws UpdateException;

    /**
     * Fetches a file of a release, and verifies it.
     *
     * @param bytes told how many of it are there
     * @throws UpdateException when it cannot be had; what has come is gone on from the next time
     * @throws IOException when it cannot be written here
     */
    void fetch(ReleaseFile file, Path target, LongConsumer bytes)
            throws UpdateException, IOException;

    /** By how much the clock was behind the time that is known to have been, at the last look. */
    Duration clockBehind();

    /** A release is installed for good: nothing older is taken from now on. */
    void committed(long number);
}
