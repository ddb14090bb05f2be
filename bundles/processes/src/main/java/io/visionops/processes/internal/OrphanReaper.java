package io.visionops.processes.internal;

import io.visionops.api.time.Ticker;
import io.visionops.processes.internal.meter.Meter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Children that an earlier run recorded and did not end: it was killed. Immutable. */
final class OrphanReaper {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanReaper.class);

    /** TERM, two seconds, KILL, two seconds: then nothing more can be done. */
    private static final long LIMIT_SECONDS = 5;

    private final Map<String, Orphan> orphans;

    /**
     * One that lived.
     *
     * @param forgotten completes when it is dead and its record is deleted
     */
    private record Orphan(Ending ending, CompletableFuture<Void> forgotten) {}

    private OrphanReaper(Map<String, Orphan> orphans) {
        this.orphans = Map.copyOf(orphans);
    }

    /** Begins to end those that still live and forgets the others; does not wait. */
    static OrphanReaper end(
            Records records,
            Meter meter,
            Ticker ticker,
            ScheduledExecutorService timer,
            DescriptorReserve reserve) {
        Map<String, Orphan> orphans = new HashMap<>();
        for (Records.Entry entry : records.readAll()) {
            Optional<ProcessHandle> process;
            try {
                process = find(entry, meter);
            } catch (Meter.UnreadableException e) {
                LOG.warn(
                        "whether child {} is left over cannot be told: {}",
                        entry.name(),
                        e.getMessage());
                continue;
            }
            if (process.isEmpty()) {
                records.delete(entry.name());
                continue;
            }
            LOG.warn(
                    "child {} (pid {}) is left over from a run that was killed and is ended",
                    entry.name(),
                    entry.pid());
            Ending ending =
                    new Ending(
                            entry.name(), new ProcessFamily(process.get(), meter), ticker, reserve);
            orphans.put(
                    entry.name(),
                    new Orphan(ending, ending.done().thenRun(() -> records.delete(entry.name()))));
            ending.begin(SupervisedChild.GRACE, timer);
        }
        return new OrphanReaper(orphans);
    }

    /** The handle comes first: if its pid changes hands after the check, it refuses to signal. */
    private static Optional<ProcessHandle> find(Records.Entry entry, Meter meter) {
        return ProcessHandle.of(entry.pid())
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(
                        process ->
                                meter.read(entry.pid())
                                        .filter(now -> now.start().equals(entry.start()))
                                        .isPresent());
    }

    /** Waits until the orphan of that name is gone, if there is one; at most five seconds. */
    void await(String name) throws InterruptedException {
        Orphan orphan = orphans.get(name);
        if (orphan == null) {
            return;
        }
        try {
            orphan.forgotten().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the orphan of child {} still lives", name, e);
        }
    }

    CompletableFuture<Void> done() {
        return CompletableFuture.allOf(
                orphans.values().stream().map(Orphan::forgotten).toArray(CompletableFuture[]::new));
    }

    void killNow() {
        orphans.values().forEach(orphan -> orphan.ending().killNow());
    }
}
