package io.visionops.backup.internal.work;

import io.visionops.api.backup.BackupException;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.database.DatabaseReplacement;

/** The database, which comes and goes while its part is swapped. */
public interface DatabaseServices {

    /**
     * @throws BackupException when it is not open
     */
    DatabaseCopies copies() throws BackupException;

    /**
     * @throws BackupException when its part does not run
     */
    DatabaseReplacement replacement() throws BackupException;
}
