package io.visionops.health.internal.network;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.HealthComponent;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.meter.SampledMeters;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries hosts outside every half minute, by a thread of its own; the check reads what was found.
 * That a host outside is away is no matter of {@code ready}: cameras are watched without it.
 * Thread-safe.
 */
@Component(
        service = {HealthCheck.class, MeterBinder.class},
        immediate = true,
        configurationPid = HealthComponent.PID,
        property = {
            "hc.name=visionops.health.network",
            "hc.tags=visionops",
            "hc.tags=health",
            "visionops.remedy=name: look at the name server (resolvectl query HOST); connection:"
                    + " look at cable, router and firewall, and whether the host runs; network.probe"
                    + " names the hosts"
        })
public final class NetworkComponent implements HealthCheck, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkComponent.class);

    private final SampledMeters meters = new SampledMeters();
    private final NetworkWatch watch;
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-health-network");

    @Activate
    public NetworkComponent(NetworkConfig config) {
        watch = new NetworkWatch(read(config, List.of()), Network.ofSystem(), Ticker.system());
        RepeatedTask.schedule(
                thread, "trying hosts", Duration.ZERO, NetworkWatch.EVERY, this::look);
    }

    @Modified
    void change(NetworkConfig config) {
        List<OutsideHost> hosts = read(config, watch.hosts());
        if (!hosts.equals(watch.hosts())) {
            thread.execute(() -> watch.change(hosts));
            thread.execute(this::look);
        }
    }

    /** One clear line for a wrong value, and the last good ones stay. */
    private static List<OutsideHost> read(NetworkConfig config, List<OutsideHost> lastGood) {
        try {
            return OutsideHost.read(config.network_probe());
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "etc/{}.cfg: {}; the last good ones stay", HealthComponent.PID, e.getMessage());
            return lastGood;
        }
    }

    private void look() {
        watch.look();
        meters.show(watch.readings());
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        watch.judge(log);
        return new Result(log);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
        watch.close();
    }
}
