package io.visionops.health.internal;

import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthResult;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.round.FelixChecks;
import io.visionops.health.internal.round.HealthRounds;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rounds of all checks, by a thread of their own. Thread-safe. */
@Component(service = HealthMonitor.class, immediate = true, configurationPid = HealthComponent.PID)
@Designate(ocd = HealthComponent.Config.class)
public final class HealthComponent implements HealthMonitor {

    static final String PID = "io.visionops.health";

    private static final Logger LOG = LoggerFactory.getLogger(HealthComponent.class);

    /** Parts that start with this one register their checks meanwhile. */
    private static final Duration FIRST = Duration.ofSeconds(3);

    /** A round that runs waits for its slowest check. */
    private static final Duration STOP = Duration.ofSeconds(4);

    /** What an admin may set. */
    @ObjectClassDefinition(name = "VisionOps health", description = "Health checks")
    public @interface Config {

        @AttributeDefinition(
                name = "Interval",
                description = "From one round of all checks to the next, 1s to 1h")
        String health_interval() default HealthSettings.INTERVAL;

        @AttributeDefinition(
                name = "Swap",
                description = "How long a part may be away before it is missed, 1s to 1h")
        String swap_limit() default HealthSettings.SWAP_LIMIT;
    }

    private final HealthRounds rounds;
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-health-rounds");
    private volatile HealthSettings settings;

    /** Guarded by "this". */
    private ScheduledFuture<?> repeated;

    @Activate
    public HealthComponent(Config config, @Reference HealthCheckExecutor executor) {
        settings = read(config, HealthSettings.defaults());
        rounds =
                new HealthRounds(
                        new FelixChecks(executor),
                        settings.interval(),
                        Clock.systemUTC(),
                        Ticker.system());
        repeated = schedule(FIRST);
        LOG.info("health started, a round every {} s", settings.interval().toSeconds());
    }

    @Modified
    synchronized void change(Config config) {
        HealthSettings before = settings;
        settings = read(config, before);
        if (!settings.interval().equals(before.interval())) {
            repeated.cancel(false);
            rounds.setInterval(settings.interval());
            repeated = schedule(Duration.ZERO);
        }
    }

    private ScheduledFuture<?> schedule(Duration first) {
        return RepeatedTask.schedule(
                thread, "a round of health checks", first, settings.interval(), rounds::run);
    }

    /** One clear line for a wrong value, and the last good ones stay. */
    private static HealthSettings read(Config config, HealthSettings lastGood) {
        try {
            return HealthSettings.read(config.health_interval(), config.swap_limit());
        } catch (IllegalArgumentException e) {
            LOG.error("etc/{}.cfg: {}; the last good one stays", PID, e.getMessage());
            return lastGood;
        }
    }

    @Deactivate
    void stop() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a round of health checks has not ended and is interrupted");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        LOG.info("health stopped");
    }

    @Override
    public Optional<HealthReport> report() {
        return rounds.report();
    }

    @Override
    public boolean isOverdue() {
        return rounds.isOverdue();
    }

    @Override
    public List<HealthResult> history(String check) {
        return rounds.history(check);
    }
}
