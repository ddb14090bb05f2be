package io.visionops.api.database;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Copies of the database as of one moment, while it is written. Thread-safe. */
@ProviderType
public interface DatabaseCopies {

    /**
     * Writes one, complete and with each page in its place; takes seconds for a gigabyte.
     *
     * @param target a file that is not there
     * @throws IOException when it cannot be written; nothing of it is left then
     */
    void copyTo(Path target) throws IOException;

    /** Bytes that a copy takes, about; waits for nothing but the file system. */
    long length() throws IOException;
}
