package io.visionops.ingest.internal.camera;

import io.visionops.api.child.ChildUsage;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Looks after all feeds twice a second, until it is closed. */
final class Rounds implements AutoCloseable {

    static final Duration EVERY = Duration.ofMillis(500);

    private final World world;
    private final Supplier<List<Feed>> feeds;
    private final ScheduledExecutorService thread;

    /**
     * @param feeds those there are at the moment; called by the thread of this
     */
    Rounds(World world, Supplier<List<Feed>> feeds) {
        this.world = world;
        this.feeds = feeds;
        this.thread = DaemonThreads.scheduler("visionops-ingest-watch");
    }

    void start() {
        RepeatedTask.schedule(thread, "looking after cameras", EVERY, EVERY, this::look);
    }

    private void look() {
        boolean stoodStill = world.senses().tries().look();
        Map<String, ChildUsage> children = children();
        for (Feed feed : feeds.get()) {
            if (stoodStill) {
                feed.stoodStill();
            }
            feed.watch(children);
        }
        world.chronicle().retry();
    }

    private Map<String, ChildUsage> children() {
        Map<String, ChildUsage> children = new HashMap<>();
        world.processes()
                .get()
                .ifPresent(
                        processes ->
                                processes.usage().forEach(one -> children.put(one.name(), one)));
        return children;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
