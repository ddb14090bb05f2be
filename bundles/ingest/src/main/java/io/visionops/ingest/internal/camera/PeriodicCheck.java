package io.visionops.ingest.internal.camera;

import io.visionops.api.child.ChildUsage;
import io.visionops.ingest.internal.stream.StreamContext;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Looks after all feeds twice a second, until it is closed. */
public final class PeriodicCheck implements AutoCloseable {

    public static final Duration EVERY = Duration.ofMillis(500);

    private final StreamContext context;
    private final Supplier<List<StreamSupervisor>> feeds;
    private final ScheduledExecutorService thread;

    /**
     * @param feeds those there are at the moment; called by the thread of this
     */
    PeriodicCheck(StreamContext context, Supplier<List<StreamSupervisor>> feeds) {
        this.context = context;
        this.feeds = feeds;
        this.thread = DaemonThreads.scheduler("visionops-ingest-watch");
    }

    void start() {
        RepeatedTask.schedule(thread, "looking after cameras", EVERY, EVERY, this::look);
    }

    private void look() {
        boolean stoodStill = context.senses().limiter().look();
        Map<String, ChildUsage> children = children();
        for (StreamSupervisor supervisor : feeds.get()) {
            if (stoodStill) {
                supervisor.stoodStill();
            }
            supervisor.watch(children);
        }
        context.journal().retry();
    }

    private Map<String, ChildUsage> children() {
        Map<String, ChildUsage> children = new HashMap<>();
        context.processes()
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
