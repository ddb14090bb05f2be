package io.visionops.health.internal.restart;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.subject.Actor;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has every part save what it knows, side by side. */
final class StateSaving {

    private static final int THREADS = 8;
    private static final Duration IDLE = Duration.ofSeconds(1);

    private StateSaving() {}

    /**
     * Waits for all of them.
     *
     * @param limit for all together
     * @return what was not saved, and why; empty when all was
     */
    static Map<String, String> save(
            List<CheckpointAction> actions, String reason, Actor by, Duration limit)
            throws InterruptedException {
        Map<String, String> failed = new TreeMap<>();
        ExecutorService threads =
                DaemonThreads.pool("visionops-health-save", THREADS, actions.size() + 1, IDLE);
        try {
            List<Future<CheckpointResult>> results = new ArrayList<>();
            for (CheckpointAction action : actions) {
                results.add(threads.submit(() -> action.checkpoint(reason, by)));
            }
            long end = System.nanoTime() + limit.toNanos();
            for (int i = 0; i < results.size(); i++) {
                failed.putAll(await(actions.get(i).name(), results.get(i), end));
            }
        } finally {
            threads.shutdownNow();
        }
        return failed;
    }

    private static Map<String, String> await(String name, Future<CheckpointResult> result, long end)
            throws InterruptedException {
        try {
            long left = Math.max(0, end - System.nanoTime());
            return result.get(left, TimeUnit.NANOSECONDS).failed();
        } catch (TimeoutException late) {
            return Map.of(name, "no answer in time");
        } catch (ExecutionException | CancellationException e) {
            return Map.of(name, String.valueOf(e.getMessage()));
        }
    }
}
