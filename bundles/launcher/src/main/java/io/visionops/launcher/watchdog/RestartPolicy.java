package io.visionops.launcher.watchdog;

import java.time.Duration;
import java.util.List;

/**
 * How soon it is started again after a crash, and when the parts that may have caused it are left
 * out. Planned restarts do not count.
 *
 * @param crashesAnHour that are answered by starting everything again
 */
public record RestartPolicy(int crashesAnHour) {

    /** Within this time crashes are counted. */
    public static final Duration WINDOW = Duration.ofHours(1);

    private static final List<Duration> DELAYS =
            List.of(
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(300));

    /**
     * What to do.
     *
     * @param delay to wait before it is started
     * @param safe only database, alerts, updater, shell and page are started
     */
    public record Decision(Duration delay, boolean safe) {}

    /**
     * Decides after a crash.
     *
     * @param crashes in the last hour, this one included
     * @param safe the crash was of safe mode itself
     */
    public Decision after(int crashes, boolean safe) {
        boolean leaveOut = crashes > crashesAnHour;
        // The first start in safe mode is for whoever looks for the cause, and comes at once.
        boolean first = leaveOut && !safe;
        int step = Math.min(DELAYS.size(), Math.max(1, crashes)) - 1;
        return new Decision(first ? Duration.ZERO : DELAYS.get(step), leaveOut);
    }
}
