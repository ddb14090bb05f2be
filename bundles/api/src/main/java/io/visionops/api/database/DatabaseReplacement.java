package io.visionops.api.database;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Puts another database in the place of the present one. Available also while the present one
 * cannot be opened. Thread-safe.
 */
@ProviderType
public interface DatabaseReplacement {

    /**
     * Reads a database file as a whole and checks it.
     *
     * @throws IOException when it is none, or is damaged; one line
     */
    DatabaseContents inspect(Path file) throws IOException;

    /**
     * Closes the present database, keeps it in the folder {@code quarantine}, puts the other one in
     * its place and opens it; then takes over what was written since. What is to be written
     * meanwhile waits in the parts.
     *
     * @param verified a file that {@link #inspect} has found good, on the file system of the data
     *     folder; it is moved
     * @throws IOException when that fails; the database that was there before is in use again then
     */
    DatabaseMerge replaceWith(Path verified) throws IOException, InterruptedException;
}
