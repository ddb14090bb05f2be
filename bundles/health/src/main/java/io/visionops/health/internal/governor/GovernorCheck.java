package io.visionops.health.internal.governor;

import io.visionops.api.health.GovernorStatus;
import org.apache.felix.hc.api.FormattingResultLog;

/** What it means for people that less is done. Reads a status: no I/O and no lock. */
final class GovernorCheck {

    private GovernorCheck() {}

    static void judge(GovernorStatus status, FormattingResultLog log) {
        if (!status.enabled()) {
            log.info("switched off: cameras are not asked for less, whatever the machine lacks");
        } else if (status.level() == 0) {
            log.info("no camera is asked for less");
        } else {
            log.warn(
                    "{}, since {}; {} asked for less: {}",
                    status.reason(),
                    status.since(),
                    status.requests().size() == 1
                            ? "1 camera is"
                            : status.requests().size() + " cameras are",
                    status.words());
        }
    }
}
