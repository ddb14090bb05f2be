package io.visionops.backup.internal.format;

import java.util.concurrent.CancellationException;

/** Is told how many bytes were worked off. */
@FunctionalInterface
public interface Progress {

    /**
     * @param bytes since the last call
     * @throws CancellationException when the work is to end
     */
    void done(long bytes);
}
