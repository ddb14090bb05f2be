package io.visionops.backup.internal;

import io.visionops.api.backup.BackupException;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.database.DatabaseMaintenance;
import io.visionops.api.database.DatabaseReplacement;
import io.visionops.backup.internal.work.DatabaseServices;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The services of the store, which come and go while it is swapped. Thread-safe. */
@Component(service = DatabaseReferences.class)
public final class DatabaseReferences implements DatabaseServices {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable DatabaseCopies copies;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable DatabaseReplacement replacement;

    /** There while the database is open. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable DatabaseMaintenance maintenance;

    /** Is damage known that is not repaired? */
    public boolean isDamaged() {
        DatabaseMaintenance present = maintenance;
        return present != null && !present.figures().damage().isEmpty();
    }

    @Override
    public DatabaseCopies copies() throws BackupException {
        DatabaseCopies present = copies;
        if (present == null) {
            throw new BackupException("the database is not open: it cannot be copied now");
        }
        return present;
    }

    @Override
    public DatabaseReplacement replacement() throws BackupException {
        DatabaseReplacement present = replacement;
        if (present == null) {
            throw new BackupException("the part store does not run");
        }
        return present;
    }
}
