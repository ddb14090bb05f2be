package io.visionops.health.internal.restart;

import io.visionops.health.internal.HealthComponent;
import io.visionops.health.internal.HealthConfig;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the daily restart is made. The program does its job without it, so that this is no matter
 * of {@code ready}. Reads ages: no I/O.
 */
@Component(
        configurationPid = HealthComponent.PID,
        property = {
            "hc.name=visionops.health.uptime",
            "hc.tags=visionops",
            "hc.tags=health",
            "visionops.remedy=visionops restart makes it now; restart-status and the log say why it"
                    + " was not made (no watchdog, a clock that was set, a computer that slept);"
                    + " restart.daily has another time, or off"
        })
public final class UptimeCheck implements HealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(UptimeCheck.class);

    private final RestartComponent restarts;
    private volatile Uptime.Settings settings;

    @Activate
    public UptimeCheck(HealthConfig config, @Reference RestartComponent restarts) {
        this.restarts = restarts;
        this.settings = read(config, Uptime.Settings.read("23h", "24h"));
    }

    @Modified
    void change(HealthConfig config) {
        settings = read(config, settings);
    }

    private static Uptime.Settings read(HealthConfig config, Uptime.Settings lastGood) {
        try {
            return Uptime.Settings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "etc/{}.cfg: {}; the last good one stays", HealthComponent.PID, e.getMessage());
            return lastGood;
        }
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        restarts.uptime().judge(settings, log);
        return new Result(log);
    }
}
