package io.visionops.inference.internal.model;

import io.visionops.api.journal.JournalRecord;
import io.visionops.api.model.ModelException;
import io.visionops.api.model.ModelInfo;
import io.visionops.api.model.Models;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.detector.DetectorSupply;
import io.visionops.inference.internal.image.RootCause;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.support.breaker.BreakerStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of this machine. Those installed earlier are verified and loaded in the background
 * after the start; each becomes a detector when it works. Thread-safe.
 */
@Component(
        service = {Models.class, DetectorSupply.class},
        immediate = true,
        configurationPid = "io.visionops.inference")
public final class InstalledModels implements Models, DetectorSupply {

    /** Where everything lies that changes; framework or system property. */
    static final String DATA_PROPERTY = "visionops.data";

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
    private static final Duration FETCH_LIMIT = Duration.ofMinutes(10);
    private static final long MOST_BYTES = 200_000_000;
    private static final long INSTALL_WAIT_SECONDS = 30;

    /** For the cameras to come up after a swap of this bundle and to ask for their models. */
    private static final Duration DEMAND_WAIT = Duration.ofSeconds(1);

    /**
     * To look at what has gathered while the model of a camera was loaded, with all cores: measured
     * as 3 s on two cores with two cameras at 10 frames a second.
     */
    private static final Duration REST = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(InstalledModels.class);

    /** The part of {@code io.visionops.inference} that is about models. */
    public @interface Config {

        /**
         * Parts that a picture is cut into and looked at one by one, 1 to 9: finds what is smaller,
         * at as many times the cost. A model's own {@code NAME.properties} may say otherwise.
         */
        int tiles() default 1;
    }

    private final Catalogue catalogue;
    private final ModelFetcher fetcher;
    private final ModelDetectors detectors;

    /** Empty where there is no folder for models. */
    private final Optional<ModelStore> store;

    private final Optional<ModelInstaller> installer;
    private final ModelLoader loader;
    private final ModelAudit audit = new ModelAudit(Clock.systemUTC());

    /** One installation at a time, and none while models are being loaded. */
    private final ReentrantReadWriteLock installing = new ReentrantReadWriteLock(true);

    @Activate
    public InstalledModels(BundleContext context, Config config) {
        this(
                context,
                Catalogue.bundled(),
                new ModelFetcher(CONNECT_LIMIT, FETCH_LIMIT, MOST_BYTES, Ticker.system()),
                config.tiles(),
                DEMAND_WAIT,
                REST);
    }

    /**
     * @param demandWait how long the first model is not loaded while no camera has asked for one
     * @param rest how long those that no camera asked for are not loaded after one that was
     */
    InstalledModels(
            BundleContext context,
            Catalogue catalogue,
            ModelFetcher fetcher,
            int tiles,
            Duration demandWait,
            Duration rest) {
        this.catalogue = catalogue;
        this.fetcher = fetcher;
        detectors = new ModelDetectors(context, tiles);
        // As many calls as cores: more would only make every one of them slower.
        Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
        store =
                Optional.ofNullable(context.getProperty(DATA_PROPERTY))
                        .map(Path::of)
                        .map(
                                data ->
                                        new ModelStore(
                                                data.resolve("models"),
                                                natives(data),
                                                catalogue,
                                                turns));
        installer = store.map(folder -> new ModelInstaller(folder, catalogue, fetcher, MOST_BYTES));
        loader = new ModelLoader(this::installed, this::load, demandWait, rest);
        loader.start();
    }

    @Modified
    void modified(Config config) {
        detectors.cutInto(config.tiles());
    }

    private static Path natives(Path data) {
        String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
        return cache == null ? data.resolve("natives") : Path.of(cache);
    }

    /** The names of the installed models, best first. */
    private List<String> installed() {
        if (store.isEmpty()) {
            LOG.warn("no models: the property {} is not set", DATA_PROPERTY);
            return List.of();
        }
        installing.writeLock().lock();
        try {
            return store.get().names();
        } catch (IOException e) {
            LOG.error("the installed models cannot be read: {}", e.toString());
            return List.of();
        } finally {
            installing.writeLock().unlock();
        }
    }

    private void load(String name) {
        installing.readLock().lock();
        try {
            // Somebody may have installed it anew while we were busy with another.
            if (!detectors.isClosed() && detectors.inUse(name).isEmpty()) {
                detectors.use(store.orElseThrow().load(name));
            }
        } catch (ModelException e) {
            LOG.error("model {} is not used: {}", name, e.getMessage());
            detectors.failed(name, e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            LOG.error("model {} is not used", name, e);
            detectors.failed(name, RootCause.line(e));
        } finally {
            installing.readLock().unlock();
        }
    }

    @Override
    public boolean loadAnew(String name) throws ModelException {
        lock(installing.readLock(), "another model is being installed: try again");
        try {
            if (detectors.isClosed() || store.isEmpty() || !detectors.isInstalled(name)) {
                return false;
            }
            detectors.use(store.get().load(name));
            return true;
        } finally {
            installing.readLock().unlock();
        }
    }

    private static void lock(Lock lock, String otherwise) throws ModelException {
        try {
            if (!lock.tryLock(INSTALL_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new ModelException(otherwise);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("interrupted", e);
        }
    }

    @Override
    public void recordTo(@Nullable Consumer<JournalRecord> records) {
        audit.recordTo(records);
    }

    @Override
    public List<BreakerStatus> breakers() {
        return List.of(fetcher.breaker());
    }

    @Override
    public boolean loading() {
        return loader.loading();
    }

    @Override
    public void want(String name) {
        loader.want(name);
    }

    @Override
    public Optional<String> absence(String name) {
        if (name.equals(MotionDetector.NAME)) {
            return MotionDetector.unavailable()
                    .map(
                            cause ->
                                    "OpenCV, which finds motion, cannot be loaded: "
                                            + cause
                                            + "; install VisionOps anew");
        }
        Optional<String> failure = detectors.failure(name);
        if (failure.isPresent()) {
            return Optional.of(
                    "the model is installed and cannot be used: "
                            + failure.get()
                            + "; install it again with model-install");
        }
        return catalogue
                .named(name)
                .map(
                        entry ->
                                "the model is not installed: install it with model-install "
                                        + entry.name()
                                        + ", or write auto");
    }

    @Override
    public List<ModelInfo> list() {
        Map<String, ModelInfo> infos = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        catalogue.entries().forEach(entry -> infos.put(entry.name(), entry.info()));
        detectors.inUse().forEach(record -> infos.put(record.name(), record.info()));
        return List.copyOf(infos.values());
    }

    @Override
    public ModelInfo install(String nameOrFile, Actor by) throws ModelException {
        ModelInstaller target =
                installer.orElseThrow(
                        () ->
                                new ModelException(
                                        "there is no folder for models: the property "
                                                + DATA_PROPERTY
                                                + " is not set"));
        lock(installing.writeLock(), "another model is being installed or loaded: try again");
        try {
            Optional<ModelInfo> there = present(nameOrFile.strip());
            if (there.isPresent()) {
                return there.get();
            }
            LoadedModel loaded = target.install(nameOrFile.strip());
            detectors.use(loaded);
            audit.installed(loaded.record(), by);
            LOG.info("model {} was installed by {}", loaded.record().name(), by);
            return loaded.record().info();
        } finally {
            installing.writeLock().unlock();
        }
    }

    /** A model of the catalogue that is in use already: nothing is to be fetched. */
    private Optional<ModelInfo> present(String name) {
        return catalogue
                .named(name)
                .flatMap(
                        entry ->
                                detectors
                                        .inUse(entry.name())
                                        .filter(record -> record.sha256().equals(entry.sha256()))
                                        .map(ModelRecord::info));
    }

    @Deactivate
    void close() {
        detectors.close();
        loader.close();
    }
}
