package io.visionops.launcher.watchdog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the Java machine is started by the crashes of the last hour: those that the record of
 * restarts tells of, which may be from before this watchdog. Not thread-safe.
 */
public final class CrashHistory {

    private final RestartLog log;
    private final RestartPolicy policy;
    private final Supplier<Boot> now;

    public CrashHistory(RestartLog log, RestartPolicy policy) {
        this(log, policy, Boot::now);
    }

    CrashHistory(RestartLog log, RestartPolicy policy, Supplier<Boot> now) {
        this.log = log;
        this.policy = policy;
        this.now = now;
    }

    /**
     * The start after a crash.
     *
     * @param crashes of the last hour, with this one
     * @param delay to wait before
     * @param safe why only the fewest parts are started; empty when all are
     */
    public record Next(int crashes, Duration delay, Optional<String> safe) {}

    /**
     * Decides after a crash that is in the record already.
     *
     * @param safe the crash was of safe mode itself
     */
    public Next after(String reason, boolean safe) {
        int crashes = RestartLog.crashes(log.entries(), now.get());
        RestartPolicy.Decision decision = policy.after(crashes, safe);
        return new Next(
                crashes,
                decision.delay(),
                decision.safe() ? Optional.of(cause(crashes, reason)) : Optional.empty());
    }

    /** Why a first start is in safe mode: another watchdog has seen too many crashes. */
    public Optional<String> tooMany() {
        List<Restart> entries = log.entries();
        int crashes = RestartLog.crashes(entries, now.get());
        return crashes > policy.crashesAnHour()
                ? Optional.of(cause(crashes, RestartLog.lastCrash(entries).orElse("")))
                : Optional.empty();
    }

    private static String cause(int crashes, String last) {
        return crashes + " crashes within an hour, the last: " + last;
    }
}
