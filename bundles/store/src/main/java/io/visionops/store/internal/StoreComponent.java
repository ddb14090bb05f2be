package io.visionops.store.internal;

import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.database.DatabaseMaintenance;
import io.visionops.api.database.DatabaseMerge;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalException;
import io.visionops.api.query.JournalReader;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.picture.PictureKeyComponent;
import io.visionops.store.internal.picture.PictureKeys;
import io.visionops.support.meter.LabelledTimers;
import io.visionops.support.time.ConfiguredZone;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database of the data folder. The services come when it can be used, which may be later
 * than the activation: a component that waited here would hold up all others. Nothing designates
 * its configuration, since it is made of two.
 */
@Component(
        immediate = true,
        service = StoreComponent.class,
        configurationPid = {StoreComponent.PID, ConfiguredZone.PID})
public final class StoreComponent {

    static final String PID = "io.visionops.store";

    private static final Logger LOG = LoggerFactory.getLogger(StoreComponent.class);

    private static final Duration LOOK = Duration.ofMillis(100);

    /** For the key of pictures, which is there within a second unless the computer is very busy. */
    private static final Duration KEY = Duration.ofSeconds(10);

    private final BundleContext context;
    private final PictureKeys pictureKeys;
    private volatile RetentionPolicy kept = RetentionPolicy.DEFAULT;
    private final ConfiguredZone zone = new ConfiguredZone();
    private volatile UpkeepSettings upkeep = UpkeepSettings.DEFAULT;

    private final LabelledTimers commitTimes =
            new LabelledTimers(
                    "visionops.store.commit.duration",
                    "How long it took to write a group of entries, sync included");

    /** Written under "this". */
    private volatile @Nullable Store store;

    @Activate
    public StoreComponent(
            BundleContext context, @Reference PictureKeyComponent pictureKeys, StoreConfig config) {
        this(context, pictureKeys.keys(), config);
    }

    StoreComponent(BundleContext context, PictureKeys pictureKeys, StoreConfig config) {
        this.context = context;
        this.pictureKeys = pictureKeys;
        configure(config);
    }

    @Modified
    void configure(StoreConfig config) {
        RetentionPolicy.Read read = kept.with(config);
        for (String refusal : read.refusals()) {
            LOG.error("{}: {}; the last good value stays in force", PID, refusal);
        }
        kept = read.kept();
        upkeep = upkeep(config);
        if (!zone.set(config.timezone())) {
            LOG.error(
                    "{}: timezone = {} is refused: must be a zone such as Europe/Berlin or UTC; {}"
                            + " stays in force",
                    ConfiguredZone.PID,
                    config.timezone(),
                    zone.get());
        }
        use(folder(config));
    }

    private UpkeepSettings upkeep(StoreConfig config) {
        try {
            return UpkeepSettings.read(config.maintenance_daily(), config.reserve_mb());
        } catch (IllegalArgumentException e) {
            LOG.error("{}: {}; the last good value stays in force", PID, e.getMessage());
            return upkeep;
        }
    }

    @Deactivate
    void deactivate() {
        use(Optional.empty());
        LOG.info("store stopped");
    }

    private Optional<Path> folder(StoreConfig config) {
        String configured = config.folder().strip();
        String folder = configured.isEmpty() ? context.getProperty("visionops.data") : configured;
        if (folder == null || folder.isBlank()) {
            LOG.error(
                    "no database: set the system property visionops.data, or folder in etc/{}.cfg,"
                            + " to the data folder",
                    PID);
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(folder).toAbsolutePath().normalize());
        } catch (InvalidPathException wrong) {
            LOG.error(
                    "{}: folder is refused: {}; the last good one stays", PID, wrong.getMessage());
            return current();
        }
    }

    private Optional<Path> current() {
        return state().map(StoreState::folder);
    }

    /** How it does at the moment; empty when no folder is known. Waits for nothing. */
    public Optional<StoreState> state() {
        return Optional.ofNullable(store).map(Store::state);
    }

    /** How long commits took, as a histogram. */
    public LabelledTimers commitTimes() {
        return commitTimes;
    }

    /** Completes when all that was accepted before is on the disk. */
    public CompletableFuture<Void> flush() {
        Store present = store;
        return present == null
                ? CompletableFuture.failedFuture(new JournalException("no data folder is known"))
                : present.flush();
    }

    /**
     * Closes the database and opens it again.
     *
     * @return whether it was open within the limit, which does not count the closing
     */
    public boolean reopen(Duration limit) throws InterruptedException {
        Store next;
        synchronized (this) {
            Store old = store;
            if (old == null) {
                return false;
            }
            next = replace(old, Optional.of(old.folder()));
        }
        return next != null && next.awaitOpened(limit);
    }

    /**
     * Closes the database, lets the files be changed, and opens what is there then; where that does
     * not open in time, the change is undone.
     */
    DatabaseMerge replace(FileChange change, Duration limit)
            throws IOException, InterruptedException {
        Store next;
        synchronized (this) {
            Store old = store;
            if (old == null) {
                throw new IOException("no data folder is known");
            }
            old.close();
            try {
                change.make(old.folder());
            } catch (IOException e) {
                change.undo(old.folder());
                throw e;
            } finally {
                next = open(old.folder());
                store = next;
            }
        }
        if (isOpened(next, limit)) {
            return next.merged().orElse(new DatabaseMerge(Optional.empty(), Map.of(), ""));
        }
        String why = next.state().trouble().orElse("it was not open in time");
        synchronized (this) {
            if (store == next) {
                next.close();
                change.undo(next.folder());
                store = open(next.folder());
            }
        }
        throw new IOException("the database was not replaced: " + why);
    }

    /** Does not wait for a database that is refused. */
    private static boolean isOpened(Store next, Duration limit) throws InterruptedException {
        for (Duration waited = Duration.ZERO;
                waited.compareTo(limit) < 0 && next.state().trouble().isEmpty();
                waited = waited.plus(LOOK)) {
            if (next.awaitOpened(LOOK)) {
                return true;
            }
        }
        return next.awaitOpened(Duration.ZERO);
    }

    /** A change of the files while the database is closed. */
    interface FileChange {

        void make(Path folder) throws IOException;

        void undo(Path folder) throws IOException;
    }

    private synchronized void use(Optional<Path> folder) {
        Store old = store;
        if (old == null || folder.isEmpty() || !old.folder().equals(folder.get())) {
            replace(old, folder);
        }
    }

    /** The caller holds "this". */
    private @Nullable Store replace(@Nullable Store old, Optional<Path> folder) {
        if (old != null) {
            old.close();
        }
        Store next = folder.map(this::open).orElse(null);
        store = next;
        return next;
    }

    private Store open(Path folder) {
        Store next =
                new Store(
                        folder,
                        () -> kept,
                        zone::get,
                        () -> upkeep,
                        pictureKeys,
                        this::publish,
                        Clock.systemUTC(),
                        Ticker.system(),
                        Store.POLICY);
        next.onCommit(commitTimes::record);
        next.start();
        return next;
    }

    private Runnable publish(StoreServices offered) {
        // What waits in the parts has pictures too.
        pictureKeys.awaitOne(KEY);
        List<ServiceRegistration<?>> registrations =
                List.of(
                        context.registerService(JournalReader.class, offered.reader(), null),
                        context.registerService(Checkpoints.class, offered.checkpoints(), null),
                        context.registerService(DatabaseCopies.class, offered.copies(), null),
                        context.registerService(
                                DatabaseMaintenance.class, offered.maintenance(), null),
                        context.registerService(Journal.class, offered.journal(), null));
        return () -> registrations.forEach(StoreComponent::unregister);
    }

    private static void unregister(ServiceRegistration<?> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException stopped) {
            LOG.debug("the framework has withdrawn a service already", stopped);
        }
    }
}
