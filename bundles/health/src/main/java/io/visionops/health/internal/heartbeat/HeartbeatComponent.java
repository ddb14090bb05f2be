package io.visionops.health.internal.heartbeat;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.camera.Cameras;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.journal.Journal;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.HealthComponent;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The side of the watchdog that runs in what it watches, by a thread of its own. Thread-safe. */
@Component(service = HeartbeatComponent.class, immediate = true)
public final class HeartbeatComponent {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatComponent.class);

    /**
     * Of looking whether it is time; short, since whoever starts the program waits for the first.
     */
    private static final Duration EVERY = Duration.ofMillis(500);

    private static final Duration IMPORT_EVERY = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(4);

    /** A swap of this part takes a second; a start that hangs is found after this. */
    private static final Duration SWAP = Duration.ofSeconds(60);

    private final BundleContext context;
    private final HealthComponent health;
    private final Progress progress;
    private final Heartbeats heartbeats;
    private final RestartImport restarts;
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-health-heartbeat");
    private final ScheduledExecutorService importer =
            DaemonThreads.scheduler("visionops-health-restarts");
    private volatile boolean booted;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Checkpoints checkpoints;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Cameras cameras;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Analyses analyses;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Journal journal;

    @Activate
    public HeartbeatComponent(BundleContext context, @Reference HealthComponent health) {
        this.context = context;
        this.health = health;
        Path data = Path.of(property("karaf.base"));
        progress = new Progress(new JournalProbe(Clock.systemUTC(), Ticker.system()));
        heartbeats =
                new Heartbeats(
                        new WatchdogLink(
                                UnixDomainSocketAddress.of(property("visionops.watchdog")), ANSWER),
                        this::line,
                        new WatchdogProcess(Path.of(property("visionops.program")), data),
                        Boolean.getBoolean("visionops.systemd"),
                        Ticker.system());
        restarts =
                new RestartImport(
                        data.resolve("watchdog/restarts.jsonl"),
                        HealthComponent.data(context).resolve("health/restarts.imported"));
        if (property("visionops.watchdog").isEmpty()) {
            LOG.info("started without a watchdog: nobody starts this program again");
        } else {
            RepeatedTask.schedule(thread, "a heartbeat", EVERY, EVERY, this::beat);
        }
        RepeatedTask.schedule(
                importer, "the import of restarts", IMPORT_EVERY, IMPORT_EVERY, this::importNext);
    }

    private String property(String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }

    private void beat() {
        // The watchdog gives a start its own time, until the first heartbeat.
        booted = booted || health.hasBooted();
        if (!booted) {
            return;
        }
        heartbeats.round();
    }

    private String line() {
        return progress.line(new Progress.Parts(checkpoints, cameras, analyses != null, health));
    }

    private void importNext() {
        Journal present = journal;
        if (present != null) {
            try {
                restarts.next(present);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Has the watchdog end this program in order and start it again.
     *
     * @throws IOException when there is no watchdog that does it
     */
    public void restart(String reason) throws IOException, InterruptedException {
        tell(() -> heartbeats.restart(line(reason)));
    }

    /**
     * As {@link #restart}, with the database, this part, the shell and the page alone.
     *
     * @throws IOException when there is no watchdog that does it
     */
    public void safeMode(String reason) throws IOException, InterruptedException {
        tell(() -> heartbeats.safeMode(line(reason)));
    }

    private static String line(String reason) {
        return reason.replaceAll("\\p{Cntrl}", " ");
    }

    private interface Telling {
        void run() throws IOException;
    }

    private void tell(Telling telling) throws IOException, InterruptedException {
        Future<?> told =
                thread.submit(
                        () -> {
                            telling.run();
                            return null;
                        });
        try {
            told.get(ANSWER.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the watchdog does not answer: " + e.getMessage(), e);
        }
    }

    /** Since the watchdog answered; of no interest before all is started. */
    Duration silence() {
        return booted ? heartbeats.silence() : Duration.ZERO;
    }

    @Deactivate
    void stop() {
        importer.shutdownNow();
        thread.shutdown();
        try {
            if (thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                heartbeats.pause(SWAP);
            } else {
                LOG.warn("a heartbeat has not ended and is interrupted");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
