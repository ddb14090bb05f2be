package io.visionops.processes.internal;

import io.visionops.api.time.Ticker;
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
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** TERM, two seconds, KILL, two seconds: then nothing more can be done. */
    private static final long LIMIT_SECONDS = 5;

    private final Map<String, Ending> endings;

    private Leftovers(Map<String, Ending> endings) {
        this.endings = endings;
    }

    /** Begins to end those that still live and forgets the others; does not wait. */
    static Leftovers end(
            Records records, Meter meter, Ticker ticker, ScheduledExecutorService timer) {
        Map<String, Ending> endings = new HashMap<>();
        for (Records.Entry entry : records.readAll()) {
            Optional<ProcessHandle> process = find(entry, meter);
            if (process.isEmpty()) {
                records.delete(entry.name());
                continue;
            }
            LOG.warn(
                    "child {} (pid {}) is left over from a run that was killed and is ended",
                    entry.name(),
                    entry.pid());
            Ending ending = new Ending(entry.name(), new Descent(process.get(), meter), ticker);
            endings.put(entry.name(), ending);
            ending.begin(KeptChild.GRACE, timer);
        }
        return new Leftovers(endings);
    }

    /** The handle comes first: if its pid changes hands after the check, it refuses to signal. */
    private static Optional<ProcessHandle> find(Records.Entry entry, Meter meter) {
        return ProcessHandle.of(entry.pid())
                .filter(
                        process ->
                                meter.read(entry.pid())
                                        .filter(now -> now.start().equals(entry.start()))
                                        .isPresent());
    }

    /** Waits until the leftover of that name is gone, if there is one; at most five seconds. */
    void await(String name) throws InterruptedException {
        Ending ending = endings.get(name);
        if (ending == null) {
            return;
        }
        try {
            ending.done().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the leftover of child {} still lives", name, e);
        }
    }

    CompletableFuture<Void> done() {
        return CompletableFuture.allOf(
                endings.values().stream().map(Ending::done).toArray(CompletableFuture[]::new));
    }

    void killNow() {
        endings.values().forEach(Ending::killNow);
    }
}
