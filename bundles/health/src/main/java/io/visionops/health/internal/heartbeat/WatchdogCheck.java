package io.visionops.health.internal.heartbeat;

import java.time.Duration;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the watchdog answers, and whether it has left parts out. Reads an age: no I/O. */
@Component(
        property = {
            "hc.name=visionops.health.watchdog",
            "hc.tags=visionops",
            "hc.tags=health",
            "hc.tags=ready",
            "visionops.remedy=restart-status says what happened; visionops restart starts all parts again"
        })
public final class WatchdogCheck implements HealthCheck {

    /** It is brought back within seconds; under systemd that does it. */
    private static final Duration LATE = Duration.ofSeconds(15);

    private static final Duration GONE = Duration.ofSeconds(60);

    private final HeartbeatComponent heartbeats;

    @Activate
    public WatchdogCheck(@Reference HeartbeatComponent heartbeats) {
        this.heartbeats = heartbeats;
    }

    @Override
    public Result execute() {
        return judge(heartbeats.silence(), System.getProperty("visionops.safe.mode", ""));
    }

    static Result judge(Duration silence, String safeMode) {
        FormattingResultLog log = new FormattingResultLog();
        if (!safeMode.isEmpty()) {
            log.critical("safe mode, cameras are not watched: {}", safeMode);
        }
        if (silence.compareTo(GONE) > 0) {
            log.critical(
                    "no watchdog for {} s: nobody would start this program again",
                    silence.toSeconds());
        } else if (silence.compareTo(LATE) > 0) {
            log.warn("the watchdog has not answered for {} s", silence.toSeconds());
        } else {
            log.info("the watchdog answered {} s ago", silence.toSeconds());
        }
        return new Result(log);
    }
}
