package io.visionops.processes.internal;

import io.visionops.api.child.ChildSpec;
import io.visionops.api.child.ChildUsage;
import io.visionops.api.time.Ticker;
import io.visionops.processes.internal.meter.Meter;
import io.visionops.processes.internal.meter.Meters;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All children of this process. Needs no framework: a test makes one, and {@code HeldChildren} of
 * it. Thread-safe.
 */
public final class Children implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Children.class);

    /** A name is part of a file name. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,99}");

    /** All of {@link #close()}; TERM and KILL of every child are well within. */
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(4_500);

    private final Clock clock;
    private final Ticker ticker;
    private final Meter meter;
    private final Records records;
    private final ScheduledThreadPoolExecutor timer =
            DaemonThreads.scheduler("visionops-processes-timer");

    /** Apart from the timer: a slow look at the machine must not delay a KILL. */
    private final ScheduledThreadPoolExecutor sampling =
            DaemonThreads.scheduler("visionops-processes-sampler");

    private final DescriptorReserve reserve = new DescriptorReserve();
    private final Sampler sampler;
    private final OrphanReaper orphans;
    private final Launcher launcher;
    private final ChildStatistics statistics;
    private volatile Settings settings;

    /** Guarded by "this". */
    private final SortedMap<String, SupervisedChild> living = new TreeMap<>();

    /** Names between the check and the start. Guarded by "this". */
    private final Set<String> starting = new HashSet<>();

    /** Guarded by "this". */
    private ScheduledFuture<?> samples;

    /** Guarded by "this". */
    private boolean closed;

    /** Ends what an earlier run left over, without waiting for it. */
    Children(Settings settings, Clock clock, Ticker ticker, Meter meter, Launcher launcher) {
        this.settings = settings;
        this.launcher = launcher;
        this.clock = clock;
        this.ticker = ticker;
        this.meter = meter;
        records = new Records(settings.folder());
        statistics = new ChildStatistics(ticker);
        sampler = new Sampler(ticker, statistics);
        orphans = OrphanReaper.end(records, meter, ticker, timer, reserve);
        samples = sampleEvery(settings.sampleInterval());
    }

    /**
     * For tests of other parts: everything as in production.
     *
     * @param data where the records go; any temporary folder
     */
    public static Children in(Path data) {
        return new Children(
                Settings.defaults(data),
                Clock.systemUTC(),
                Ticker.system(),
                Meters.ofThisMachine(),
                Launcher.ofThisMachine());
    }

    /** From now on, except for the folder: that is read at the start alone. */
    synchronized void change(Settings next) {
        if (closed) {
            return;
        }
        samples.cancel(false);
        samples = sampleEvery(next.sampleInterval());
        settings = next;
    }

    Settings settings() {
        return settings;
    }

    ChildStatistics statistics() {
        return statistics;
    }

    ChildHandle start(ChildSpec spec) throws IOException {
        check(spec);
        reserve(spec.name());
        try {
            orphans.await(spec.name());
            return launch(spec);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "child " + spec.name() + ": interrupted before it was started", e);
        } finally {
            synchronized (this) {
                starting.remove(spec.name());
            }
        }
    }

    private static void check(ChildSpec spec) {
        if (!NAME.matcher(spec.name()).matches()) {
            throw new IllegalArgumentException(
                    "child name " + spec.name() + ": allowed is " + NAME.pattern());
        }
        if (spec.command().isEmpty()) {
            throw new IllegalArgumentException("child " + spec.name() + " has no command");
        }
    }

    private synchronized void reserve(String name) throws IOException {
        requireOpen(name);
        if (living.containsKey(name) || starting.contains(name)) {
            throw new IllegalStateException(
                    "child " + name + " is alive: claim it, or wait for its exit");
        }
        int limit = settings.maxChildren();
        if (living.size() + starting.size() >= limit) {
            throw new IOException(
                    "child "
                            + name
                            + ": "
                            + limit
                            + " children live already, as many as max.children of"
                            + " io.visionops.processes allows");
        }
        starting.add(name);
    }

    /** Guarded by "this". */
    private void requireOpen(String name) throws IOException {
        if (closed) {
            throw new IOException(
                    "child "
                            + name
                            + ": the process service is stopping; try again when it is back");
        }
    }

    private ChildHandle launch(ChildSpec spec) throws IOException, InterruptedException {
        Process process = launcher.start(spec, settings.maxMemory());
        String name = spec.name();
        long pid = process.pid();
        SupervisedChild child =
                new SupervisedChild(
                        spec,
                        process,
                        new ProcessFamily(process.toHandle(), meter),
                        clock.instant(),
                        ticker,
                        timer,
                        reserve);
        record(name, pid);
        LOG.info("child {} started: {} (pid {})", name, spec.command().get(0), pid);
        try {
            synchronized (this) {
                requireOpen(name);
                living.put(name, child);
                statistics.started();
                return ChildHandle.started(child);
            }
        } catch (IOException e) {
            child.kill();
            throw e;
        } finally {
            child.watch(() -> forget(child));
        }
    }

    private void record(String name, long pid) {
        try {
            // No reading: it is dead already, and there is nothing to record.
            meter.read(pid)
                    .ifPresent(now -> records.write(new Records.Entry(name, pid, now.start())));
        } catch (Meter.UnreadableException e) {
            LOG.warn("child {} has no record: {}", name, e.getMessage());
        }
    }

    private void forget(SupervisedChild child) {
        records.delete(child.spec().name());
        synchronized (this) {
            living.remove(child.spec().name(), child);
        }
        statistics.ended(child.isEndedUnclaimed());
    }

    Optional<ChildHandle> claim(String name) {
        Optional<SupervisedChild> child;
        synchronized (this) {
            child = Optional.ofNullable(living.get(name));
        }
        return child.flatMap(ChildHandle::claim);
    }

    List<ChildUsage> usage() {
        return snapshot().stream().map(SupervisedChild::usage).toList();
    }

    private synchronized List<SupervisedChild> snapshot() {
        return List.copyOf(living.values());
    }

    private ScheduledFuture<?> sampleEvery(Duration interval) {
        statistics.measured();
        return RepeatedTask.schedule(
                sampling,
                "measuring children",
                interval,
                interval,
                () -> sampler.sample(snapshot()));
    }

    /** Ends every child, held or not: TERM, KILL after two seconds; at most five in all. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        sampling.shutdownNow();
        List<SupervisedChild> last = snapshot();
        last.forEach(child -> child.end(SupervisedChild.GRACE));
        awaitAll(last);
        timer.shutdownNow();
        last.forEach(SupervisedChild::kill);
        orphans.killNow();
        launcher.close();
        reserve.close();
    }

    private void awaitAll(List<SupervisedChild> last) {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        ends.add(orphans.done());
        last.forEach(child -> ends.add(child.exit()));
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("not every child ended in time, the rest is killed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
