package io.visionops.store.internal;

import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.database.DatabaseMaintenance;
import io.visionops.api.journal.Journal;
import io.visionops.api.query.JournalReader;

/** What there is while a database is open. */
record StoreServices(
        Journal journal,
        JournalReader reader,
        Checkpoints checkpoints,
        DatabaseCopies copies,
        DatabaseMaintenance maintenance) {

    /** Who is told when the database can be used. */
    @FunctionalInterface
    interface Publisher {

        /**
         * Offers the services.
         *
         * @return withdraws them
         */
        Runnable publish(StoreServices offered);
    }
}
