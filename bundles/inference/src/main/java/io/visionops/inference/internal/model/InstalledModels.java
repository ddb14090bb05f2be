package io.visionops.inference.internal.model;

import io.visionops.api.detect.Detector;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.model.ModelException;
import io.visionops.api.model.ModelInfo;
import io.visionops.api.model.Models;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.detector.DetectorSupply;
import io.visionops.inference.internal.image.RootCause;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.inference.internal.onnx.OnnxDetector;
import io.visionops.support.breaker.BreakerStatus;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
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
    private static final int MOST_TILES = 9;
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

    /** A model in use. */
    private record InUse(ModelStore.Loaded loaded, ServiceRegistration<Detector> detector) {}

    private final BundleContext context;
    private final Catalogue catalogue;
    private final Optional<ModelStore> shelf;
    private final ModelLoader loader;
    private final ModelAudit audit = new ModelAudit(Clock.systemUTC());

    /** One installation at a time, and none while models are being loaded. */
    private final ReentrantReadWriteLock installing = new ReentrantReadWriteLock(true);

    /** By name. Guarded by "this". */
    private final Map<String, InUse> inUse = new HashMap<>();

    private final ModelFetcher fetcher;

    /** Installed models that cannot be used, and why. Guarded by "this". */
    private final Map<String, String> unusable = new HashMap<>();

    /** Guarded by "this". */
    private int tiles;

    /** Guarded by "this". */
    private boolean stopped;

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
        this.context = context;
        this.catalogue = catalogue;
        this.fetcher = fetcher;
        this.tiles = allowed(tiles);
        // As many calls as cores: more would only make every one of them slower.
        Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
        shelf =
                Optional.ofNullable(context.getProperty(DATA_PROPERTY))
                        .map(Path::of)
                        .map(
                                data ->
                                        new ModelStore(
                                                data.resolve("models"),
                                                natives(data),
                                                catalogue,
                                                fetcher,
                                                MOST_BYTES,
                                                turns));
        loader = new ModelLoader(this::installed, this::load, demandWait, rest);
        loader.start();
    }

    private static int allowed(int tiles) {
        if (tiles < 1 || tiles > MOST_TILES) {
            LOG.error(
                    "io.visionops.inference: tiles = {}, allowed are 1 to {}; using 1",
                    tiles,
                    MOST_TILES);
            return 1;
        }
        return tiles;
    }

    /** The models stay loaded: only those who look through them change. */
    @Modified
    void modified(Config config) {
        synchronized (this) {
            tiles = allowed(config.tiles());
            inUse.replaceAll(
                    (name, used) -> {
                        ServiceRegistration<Detector> next = register(used.loaded());
                        used.detector().unregister();
                        return new InUse(used.loaded(), next);
                    });
        }
    }

    private static Path natives(Path data) {
        String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
        return cache == null ? data.resolve("natives") : Path.of(cache);
    }

    /** The names of the installed models, best first. */
    private List<String> installed() {
        if (shelf.isEmpty()) {
            LOG.warn("no models: the property {} is not set", DATA_PROPERTY);
            return List.of();
        }
        installing.writeLock().lock();
        try {
            return shelf.get().names();
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
            if (!stopping() && !used(name)) {
                use(shelf.orElseThrow().load(name));
            }
        } catch (ModelException e) {
            LOG.error("model {} is not used: {}", name, e.getMessage());
            note(name, e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            LOG.error("model {} is not used", name, e);
            note(name, RootCause.line(e));
        } finally {
            installing.readLock().unlock();
        }
    }

    @Override
    public boolean loadAnew(String name) throws ModelException {
        boolean locked = false;
        try {
            locked = installing.readLock().tryLock(INSTALL_WAIT_SECONDS, TimeUnit.SECONDS);
            if (!locked) {
                throw new ModelException("another model is being installed: try again");
            }
            if (stopping() || shelf.isEmpty() || !isInstalled(name)) {
                return false;
            }
            use(shelf.get().load(name));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("interrupted", e);
        } finally {
            if (locked) {
                installing.readLock().unlock();
            }
        }
    }

    private synchronized boolean isInstalled(String name) {
        return inUse.containsKey(name) || unusable.containsKey(name);
    }

    private synchronized void note(String name, @Nullable String cause) {
        unusable.put(name, String.valueOf(cause));
    }

    private synchronized boolean stopping() {
        return stopped;
    }

    private synchronized boolean used(String name) {
        return inUse.containsKey(name);
    }

    /** Makes a detector of it, in the place of one of the same name. */
    private void use(ModelStore.Loaded loaded) {
        ModelRecord record = loaded.record();
        retire(record.name());
        synchronized (this) {
            if (stopped) {
                loaded.model().close();
                return;
            }
            unusable.remove(record.name());
            inUse.put(record.name(), new InUse(loaded, register(loaded)));
        }
        LOG.info(
                "model {}: {} {}x{}, {} ms a call, quality {}",
                record.name(),
                record.family(),
                record.width(),
                record.height(),
                record.latency().toMillis(),
                record.quality());
    }

    /** The caller holds "this". */
    private ServiceRegistration<Detector> register(ModelStore.Loaded loaded) {
        ModelRecord record = loaded.record();
        int parts = record.tiles() > 0 ? Math.min(record.tiles(), MOST_TILES) : tiles;
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("visionops.detector", record.name());
        return context.registerService(
                Detector.class,
                new OnnxDetector(loaded.model(), record.quality(), parts),
                properties);
    }

    /** Takes the detector away from its users first, then frees the model. */
    private void retire(String name) {
        InUse old;
        synchronized (this) {
            old = inUse.remove(name);
        }
        retire(old);
    }

    private static void retire(@Nullable InUse old) {
        if (old == null) {
            return;
        }
        try {
            old.detector().unregister();
        } catch (IllegalStateException e) {
            LOG.debug("{} was unregistered with its bundle", old.loaded().record().name(), e);
        }
        old.loaded().model().close();
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
        String cause;
        synchronized (this) {
            cause = unusable.get(name);
        }
        if (cause != null) {
            return Optional.of(
                    "the model is installed and cannot be used: "
                            + cause
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
        for (Catalogue.Entry entry : catalogue.entries()) {
            infos.put(
                    entry.name(),
                    new ModelInfo(
                            entry.name(),
                            entry.family(),
                            entry.licence(),
                            Optional.of(entry.source().toString()),
                            Optional.of(entry.sha256()),
                            entry.width(),
                            entry.height(),
                            false,
                            Optional.empty()));
        }
        synchronized (this) {
            inUse.forEach((name, used) -> infos.put(name, used.loaded().record().info()));
        }
        List<ModelInfo> ordered = new ArrayList<>(infos.values());
        ordered.sort(Comparator.comparing(ModelInfo::name, String.CASE_INSENSITIVE_ORDER));
        return List.copyOf(ordered);
    }

    @Override
    public ModelInfo install(String nameOrFile, Actor by) throws ModelException {
        ModelStore target =
                shelf.orElseThrow(
                        () ->
                                new ModelException(
                                        "there is no folder for models: the property "
                                                + DATA_PROPERTY
                                                + " is not set"));
        boolean locked = false;
        try {
            locked = installing.writeLock().tryLock(INSTALL_WAIT_SECONDS, TimeUnit.SECONDS);
            if (!locked) {
                throw new ModelException("another model is being installed or loaded: try again");
            }
            Optional<ModelInfo> there = present(nameOrFile.strip());
            if (there.isPresent()) {
                return there.get();
            }
            ModelStore.Loaded loaded = bring(target, nameOrFile.strip());
            use(loaded);
            audit.installed(loaded.record(), by);
            LOG.info("model {} was installed by {}", loaded.record().name(), by);
            return loaded.record().info();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("interrupted", e);
        } finally {
            if (locked) {
                installing.writeLock().unlock();
            }
        }
    }

    /** A model of the catalogue that is in use already: nothing is to be fetched. */
    private synchronized Optional<ModelInfo> present(String name) {
        return catalogue
                .named(name)
                .flatMap(
                        entry ->
                                Optional.ofNullable(inUse.get(entry.name()))
                                        .map(used -> used.loaded().record())
                                        .filter(record -> record.sha256().equals(entry.sha256()))
                                        .map(ModelRecord::info));
    }

    private ModelStore.Loaded bring(ModelStore target, String nameOrFile) throws ModelException {
        Optional<Catalogue.Entry> entry = catalogue.named(nameOrFile);
        if (entry.isPresent()) {
            return target.install(entry.get());
        }
        if (ModelStore.NAME.matcher(nameOrFile).matches()) {
            throw new ModelException(
                    "no model '"
                            + nameOrFile
                            + "' in the catalogue, which has "
                            + String.join(
                                    ", ",
                                    catalogue.entries().stream()
                                            .map(Catalogue.Entry::name)
                                            .toList())
                            + "; a model of your own is named by its .onnx file");
        }
        try {
            return target.install(Path.of(nameOrFile.replaceFirst("^file:(//)?", "")));
        } catch (InvalidPathException e) {
            throw new ModelException("'" + nameOrFile + "' is no name and no file", e);
        }
    }

    @Deactivate
    void close() {
        List<InUse> all;
        synchronized (this) {
            stopped = true;
            all = List.copyOf(inUse.values());
            inUse.clear();
        }
        all.forEach(InstalledModels::retire);
        loader.close();
    }
}
