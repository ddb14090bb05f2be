package io.visionops.health.internal.restart;

import io.visionops.health.internal.HealthConfig;
import io.visionops.health.internal.machine.Limits;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import org.apache.felix.hc.api.FormattingResultLog;

/**
 * How long what is started again each day has run.
 *
 * @param ran the program, or the parts where they alone are started again
 * @param missed how long ago a restart was due that has not been made
 */
record Uptime(DailyRestart.Setting setting, Duration ran, Optional<Duration> missed) {

    /** From where on a restart that was missed is a warning, and critical. */
    record Settings(Duration warn, Duration critical) {

        /**
         * @throws IllegalArgumentException with one line for the admin
         */
        static Settings of(HealthConfig config) {
            return read(config.uptime_warn(), config.uptime_limit());
        }

        static Settings read(String warn, String limit) {
            Settings settings =
                    new Settings(
                            Limits.duration("uptime.warn", warn),
                            Limits.duration("uptime.limit", limit));
            if (settings.warn().compareTo(settings.critical()) > 0) {
                throw new IllegalArgumentException(
                        "uptime.warn is refused: must not be above uptime.limit");
            }
            return settings;
        }
    }

    void judge(Settings settings, FormattingResultLog log) {
        String what = setting.components() ? "the parts have" : "the program has";
        Optional<LocalTime> at = setting.at();
        if (at.isEmpty()) {
            log.info("{} run for {} h; restart.daily is off", what, ran.toHours());
        } else if (missed.isPresent() && ran.compareTo(settings.warn()) >= 0) {
            boolean critical = ran.compareTo(settings.critical()) >= 0;
            String words = "{} run for {} h: the daily restart of {} was due {} h ago and not made";
            Object[] values = {what, ran.toHours(), at.get(), missed.get().toHours()};
            if (critical) {
                log.critical(words, values);
            } else {
                log.warn(words, values);
            }
        } else {
            log.info("{} run for {} h; the daily restart is at {}", what, ran.toHours(), at.get());
        }
    }
}
