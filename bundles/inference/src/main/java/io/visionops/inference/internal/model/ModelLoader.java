package io.visionops.inference.internal.model;

import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Loads the models that were installed earlier, once after the start. One thread loads them all,
 * those first that a camera waits for. A second one loads only such: a camera that asks while
 * another model is being loaded does not wait for the end of that. Thread-safe.
 */
final class ModelLoader {

    private static final long STOP_LIMIT_MILLIS = 10_000;

    private final LoadQueue queue = new LoadQueue();
    private final Supplier<List<String>> names;
    private final Consumer<String> load;
    private final Duration patience;
    private final Duration rest;
    private final Thread thread;
    private final Thread second;

    private volatile boolean loading = true;

    /**
     * @param names of the installed models, best first; asked once
     * @param load loads one of them and throws nothing; called by two threads, for different ones
     * @param patience how long to wait for the first camera to ask, where there is a choice
     * @param rest between a model that a camera waited for and one that nobody asked for: the
     *     camera has to catch up first
     */
    ModelLoader(
            Supplier<List<String>> names, Consumer<String> load, Duration patience, Duration rest) {
        this.names = names;
        this.load = load;
        this.patience = patience;
        this.rest = rest;
        thread = DaemonThreads.create("visionops-inference-models", this::loadAll);
        second = DaemonThreads.create("visionops-inference-models-wanted", this::loadWanted);
    }

    void start() {
        thread.start();
    }

    /** Some are not loaded yet. */
    boolean loading() {
        return loading;
    }

    /** A camera waits for the model of that name, if there is one. */
    void want(String name) {
        if (loading) {
            queue.want(name);
        }
    }

    private void loadAll() {
        try {
            queue.fill(names.get());
            queue.awaitDemand(patience.toNanos());
            Optional<String> next = queue.next();
            second.start();
            while (next.isPresent()) {
                load.accept(next.get());
                if (queue.isWanted(next.get())) {
                    queue.rest(rest.toNanos());
                }
                next = queue.next();
            }
            second.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            queue.close();
            loading = false;
        }
    }

    private void loadWanted() {
        try {
            Optional<String> next = queue.awaitWanted();
            while (next.isPresent()) {
                load.accept(next.get());
                next = queue.awaitWanted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Loads none any more, and waits for those that are being loaded. */
    void close() {
        queue.close();
        try {
            thread.join(STOP_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
