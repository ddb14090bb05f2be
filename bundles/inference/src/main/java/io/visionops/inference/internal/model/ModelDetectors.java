package io.visionops.inference.internal.model;

import io.visionops.api.detect.Detector;
import io.visionops.inference.internal.onnx.OnnxDetector;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in use, each of which is a {@link Detector} service; and those that are installed and
 * cannot be used. Thread-safe.
 */
final class ModelDetectors implements AutoCloseable {

    private static final int MOST_TILES = 9;

    private static final Logger LOG = LoggerFactory.getLogger(ModelDetectors.class);

    /** A model in use. */
    private record InUse(LoadedModel loaded, ServiceRegistration<Detector> detector) {}

    private final BundleContext context;

    /** By name. Guarded by "this". */
    private final Map<String, InUse> inUse = new HashMap<>();

    /** Installed models that cannot be used, and why. Guarded by "this". */
    private final Map<String, String> unusable = new HashMap<>();

    /** Guarded by "this". */
    private int tiles;

    /** Guarded by "this". */
    private boolean closed;

    /**
     * @param tiles parts that pictures are cut into for models that do not say so themselves
     */
    ModelDetectors(BundleContext context, int tiles) {
        this.context = context;
        this.tiles = allowed(tiles);
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
    synchronized void cutInto(int newTiles) {
        tiles = allowed(newTiles);
        inUse.replaceAll(
                (name, used) -> {
                    ServiceRegistration<Detector> next = register(used.loaded());
                    used.detector().unregister();
                    return new InUse(used.loaded(), next);
                });
    }

    /** Makes a detector of a model, in the place of one of the same name. */
    void use(LoadedModel loaded) {
        ModelRecord record = loaded.record();
        retire(record.name());
        synchronized (this) {
            if (closed) {
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
    private ServiceRegistration<Detector> register(LoadedModel loaded) {
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

    /** An installed model cannot be used. */
    synchronized void failed(String name, @Nullable String cause) {
        unusable.put(name, String.valueOf(cause));
    }

    /** Why an installed model cannot be used; empty when it can, or nobody knows it. */
    synchronized Optional<String> failure(String name) {
        return Optional.ofNullable(unusable.get(name));
    }

    /** What is known of a model in use. */
    synchronized Optional<ModelRecord> inUse(String name) {
        return Optional.ofNullable(inUse.get(name)).map(used -> used.loaded().record());
    }

    /** What is known of the models in use, in no order. */
    synchronized List<ModelRecord> inUse() {
        return inUse.values().stream().map(used -> used.loaded().record()).toList();
    }

    /** Whether it is in use, or cannot be. */
    synchronized boolean isInstalled(String name) {
        return inUse.containsKey(name) || unusable.containsKey(name);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** None is in use any more, and what comes later is not used. */
    @Override
    public void close() {
        List<InUse> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(inUse.values());
            inUse.clear();
        }
        all.forEach(ModelDetectors::retire);
    }
}
