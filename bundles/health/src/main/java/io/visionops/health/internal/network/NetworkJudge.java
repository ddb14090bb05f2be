package io.visionops.health.internal.network;

import io.visionops.support.breaker.BreakerStatus;
import java.time.Duration;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;

/** What it means how hosts were found. Reads values and ages: no I/O and no lock. */
final class NetworkJudge {

    private NetworkJudge() {}

    /**
     * @param age of what was found
     * @param oldest that it may be
     */
    static void judge(
            List<HostProbe.Found> found, Duration age, Duration oldest, FormattingResultLog log) {
        if (found.isEmpty()) {
            log.info("no outside host is in use (network.probe)");
            return;
        }
        if (age.compareTo(oldest) > 0) {
            log.critical("hosts have not been tried for {} s", age.toSeconds());
        }
        for (HostProbe.Found one : found) {
            BreakerStatus breaker = one.breaker();
            if (!one.tried()) {
                log.info("{} is being tried", one.host());
            } else if (one.trouble().isEmpty()) {
                log.info("{} can be reached", one.host());
            } else if (breaker.isTripped()) {
                log.critical(
                        "{} cannot be reached, {}; next try in {} s",
                        one.host(),
                        one.trouble().get(),
                        breaker.untilNextTry().toSeconds());
            } else {
                log.warn("{} was not reached, {}", one.host(), one.trouble().get());
            }
        }
    }
}
