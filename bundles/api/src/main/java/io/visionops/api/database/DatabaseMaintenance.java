package io.visionops.api.database;

import io.visionops.api.subject.Actor;
import java.io.IOException;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Looks after the database while it is open. One thing at a time: what is asked for meanwhile is
 * refused. Thread-safe; calls take as long as the work does.
 */
@ProviderType
public interface DatabaseMaintenance {

    /**
     * Compares all rows with their checksums. Others read and write meanwhile. What is found is
     * recorded and repaired as when the pass in the background finds it.
     *
     * @param full also checks the structure of the file and the search index
     * @param progress is told some times a second, by the calling thread
     * @throws IOException when the database cannot be read for another reason than damage, or is
     *     being checked already
     */
    IntegrityResult check(boolean full, Actor by, Consumer<IntegrityProgress> progress)
            throws IOException, InterruptedException;

    /**
     * Brings the statistics of the query planner up to date, gives free pages back and empties the
     * write-ahead log.
     *
     * @param full writes the file anew, while the writer waits
     * @throws IOException when it is refused or fails; the database is as it was
     */
    MaintenanceResult maintain(boolean full, Actor by) throws IOException, InterruptedException;

    /** Reads little. */
    DatabaseFigures figures();
}
