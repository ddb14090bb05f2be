package io.visionops.store.internal;

import io.visionops.api.database.DatabaseContents;
import io.visionops.api.database.DatabaseMerge;
import io.visionops.api.database.DatabaseReplacement;
import io.visionops.store.internal.replace.DatabaseFiles;
import io.visionops.store.internal.replace.DatabaseInspection;
import io.visionops.store.internal.sqlite.FolderLock;
import io.visionops.store.internal.sqlite.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces the database; there also while the present one cannot be opened. Thread-safe. */
@Component
public final class StoreReplacement implements DatabaseReplacement {

    private static final Logger LOG = LoggerFactory.getLogger(StoreReplacement.class);

    /** A migration, and what is taken over, may be of a gigabyte. */
    private static final Duration OPENING = Duration.ofMinutes(5);

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'database-'yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final StoreComponent store;
    private final Clock clock;

    @Activate
    public StoreReplacement(@Reference StoreComponent store) {
        this(store, Clock.systemUTC());
    }

    StoreReplacement(StoreComponent store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public DatabaseContents inspect(Path file) throws IOException {
        return DatabaseInspection.of(file);
    }

    @Override
    public synchronized DatabaseMerge replaceWith(Path verified)
            throws IOException, InterruptedException {
        String name = NAME.format(clock.instant());
        return store.replace(
                new StoreComponent.FileChange() {
                    @Override
                    public void make(Path folder) throws IOException {
                        // A writer that did not end in time has the file open still.
                        try (FolderLock lock = FolderLock.take(folder)) {
                            LOG.debug("lock {} taken", lock);
                            DatabaseFiles.replace(folder, verified, kept(folder));
                        } catch (RefusedException e) {
                            throw new IOException("the database does not close: try again", e);
                        }
                    }

                    @Override
                    public void undo(Path folder) throws IOException {
                        DatabaseFiles.undo(folder, kept(folder));
                    }

                    private Path kept(Path folder) {
                        return folder.resolve("quarantine").resolve(name);
                    }
                },
                OPENING);
    }
}
