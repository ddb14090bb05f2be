package io.visionops.store.internal;

import io.visionops.api.database.DatabaseFigures;
import io.visionops.api.database.DatabaseMaintenance;
import io.visionops.api.database.IntegrityProgress;
import io.visionops.api.database.IntegrityResult;
import io.visionops.api.database.MaintenanceResult;
import io.visionops.api.subject.Actor;
import io.visionops.store.internal.integrity.IntegrityWatch;
import io.visionops.store.internal.maintenance.DatabaseUpkeep;
import java.io.IOException;
import java.util.function.Consumer;

/** The service for who looks after the database by hand. Thread-safe. */
record StoreMaintenance(IntegrityWatch integrity, DatabaseUpkeep upkeep)
        implements DatabaseMaintenance {

    @Override
    public IntegrityResult check(boolean full, Actor by, Consumer<IntegrityProgress> progress)
            throws IOException, InterruptedException {
        return integrity.check(full, by, progress);
    }

    @Override
    public MaintenanceResult maintain(boolean full, Actor by)
            throws IOException, InterruptedException {
        return upkeep.maintain(full, by);
    }

    @Override
    public DatabaseFigures figures() {
        return upkeep.figures();
    }
}
