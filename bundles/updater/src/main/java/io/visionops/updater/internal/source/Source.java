package io.visionops.updater.internal.source;

import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import java.nio.file.Path;
import java.util.List;

/** A repository of releases. It is not trusted: what it gives is checked by whoever asks. */
public interface Source extends AutoCloseable {

    /** Told while a file comes. */
    @FunctionalInterface
    interface Progress {

        Progress NONE = (done, of) -> {};

        /**
         * So much is there.
         *
         * @param done bytes that are there
         * @param of bytes of the whole file
         */
        void at(long done, long of);
    }

    /**
     * A file of metadata, as it is.
     *
     * @param name a file name, such as {@code timestamp.json}
     * @param most bytes; more are not read
     * @throws RepositoryException with MISSING when the repository says that there is none
     */
    byte[] metadata(String name, int most) throws RepositoryException;

    /**
     * Gets a file whose bytes are those that are signed; it is hashed while it is written. What has
     * come before an interruption lies beside it as {@code NAME.part} and is not asked for again.
     *
     * @param target a file that is not there yet, in a folder in which nobody else may write. It is
     *     readable by its owner alone and on the disk when this returns
     */
    void file(ReleaseFile file, Path target, Progress progress) throws RepositoryException;

    /** Where the same releases are to be had, each for itself, in the order of trying. */
    default List<Source> mirrors() {
        return List.of(this);
    }

    /** Whoever waits is told that it is cancelled. */
    @Override
    default void close() {}
}
