package io.visionops.health.internal;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.expected.ExpectedPart;
import io.visionops.health.internal.expected.ExpectedSet;
import io.visionops.health.internal.expected.FrameworkSample;
import io.visionops.health.internal.journal.HealthJournal;
import io.visionops.health.internal.round.CheckResult;
import io.visionops.health.internal.round.HealthRounds;
import io.visionops.health.internal.round.StatusFile;
import io.visionops.health.internal.round.StatusTimes;
import io.visionops.health.internal.tree.RootCauses;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.meter.Reading;
import io.visionops.support.meter.SampledMeters;
import io.visionops.support.meter.Sampler;
import io.visionops.support.thread.DaemonThreads;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part health without its framework: its threads and what they do. One runs the rounds, one
 * looks at the framework, one waits for the disk; none of them waits for another. Thread-safe.
 */
final class HealthPart implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthPart.class);

    /** Parts that start with this one register their checks meanwhile. */
    private static final Duration FIRST = Duration.ofSeconds(3);

    /** What a check has said less than a second ago it is not asked again. */
    private static final Duration CHANGED = Duration.ofSeconds(2);

    /** A boot that takes longer is judged as it is. */
    private static final Duration BOOT = Duration.ofSeconds(60);

    /** A round that runs waits for its slowest check. */
    private static final Duration STOP = Duration.ofSeconds(4);

    /** From one look at the framework, and whether a round is due, to the next, at most. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration WRITE = Duration.ofSeconds(1);

    private final ScheduledExecutorService roundThread =
            DaemonThreads.scheduler("visionops-health-rounds");
    private final ScheduledExecutorService fileThread =
            DaemonThreads.scheduler("visionops-health-files");
    private final Sampler<FrameworkSample> framework;
    private final StatusFile file;
    private final StatusTimes times;
    private final ExpectedSet expected;
    private final HealthJournal journal;
    private final SampledMeters meters = new SampledMeters();
    private final HealthRounds rounds;
    private final BooleanSupplier booted;
    private final Ticker ticker;
    private final long startedAt;

    /** Used by the thread of the rounds. */
    private boolean judging;

    private volatile HealthSettings settings;

    /** Guarded by "this". */
    private @Nullable ScheduledFuture<?> repeated;

    /**
     * @param booted whether all parts have been started for the first time: what is not there
     *     before is not missed
     * @param folder of this part's data
     */
    HealthPart(
            Supplier<List<CheckResult>> checks,
            Supplier<FrameworkSample> framework,
            BooleanSupplier booted,
            Path folder,
            HealthSettings settings,
            Clock clock,
            Ticker ticker,
            RandomGenerator random) {
        this.settings = settings;
        this.booted = booted;
        this.ticker = ticker;
        this.startedAt = ticker.nanos();
        this.framework = new Sampler<>("visionops-health-framework", ticker, framework);
        this.file = new StatusFile(folder);
        this.times = new StatusTimes(file.read());
        this.journal = new HealthJournal(folder, clock, ticker, random);
        this.expected =
                new ExpectedSet(
                        ExpectedPart.ofThisRelease(), () -> this.settings.swapLimit(), ticker);
        this.rounds =
                new HealthRounds(
                        new HealthRounds.Steps(
                                checks,
                                said -> expected.complete(said, this.framework),
                                times,
                                new RootCauses(),
                                journal::tell,
                                this::reported),
                        settings.interval(),
                        clock,
                        ticker);
    }

    HealthJournal journal() {
        return journal;
    }

    MeterBinder meters() {
        return meters;
    }

    HealthMonitor monitor() {
        return rounds;
    }

    synchronized void start() {
        framework.start(look());
        fileThread.execute(journal::resume);
        RepeatedTask.schedule(fileThread, "writing files of health", WRITE, WRITE, this::write);
        repeated = schedule(FIRST);
    }

    synchronized void change(HealthSettings next) {
        boolean changed = !next.equals(settings);
        settings = next;
        if (changed && repeated != null) {
            repeated.cancel(false);
            rounds.setInterval(next.interval());
            repeated = schedule(CHANGED);
        }
    }

    private ScheduledFuture<?> schedule(Duration first) {
        return RepeatedTask.schedule(
                roundThread, "a round of health checks", first, look(), this::round);
    }

    private void round() {
        if (!judging) {
            judging = booted.getAsBoolean() || ticker.nanos() - startedAt > BOOT.toNanos();
            if (!judging) {
                return;
            }
            // The last look may be of the time before.
            framework.sample();
        }
        rounds.runIfDue();
    }

    private Duration look() {
        Duration interval = settings.interval();
        return interval.compareTo(LOOK) < 0 ? interval : LOOK;
    }

    private void write() {
        file.write();
        journal.retry();
    }

    private void reported(List<CheckResult> results) {
        times.changes().ifPresent(file::put);
        meters.show(
                results.stream()
                        .map(
                                result ->
                                        Reading.gauge(
                                                "visionops.health.status",
                                                "0 well, 1 a warning, 2 away for a moment, 3"
                                                        + " critical, 4 not known",
                                                "",
                                                result.status().ordinal(),
                                                "check",
                                                result.name()))
                        .toList());
    }

    @Override
    public void close() {
        framework.close();
        roundThread.shutdown();
        fileThread.shutdown();
        try {
            if (!roundThread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a round of health checks has not ended and is interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        roundThread.shutdownNow();
        file.write();
        journal.close();
    }
}
