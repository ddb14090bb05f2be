package io.visionops.health.internal.restart;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides when a program that has run for long is started again, so that what nobody has found does
 * not grow for ever. For one thread.
 */
final class DailyRestart {

    /** Looked at several times within it; a clock that is set over it costs one day's restart. */
    private static final Duration WINDOW = Duration.ofMinutes(10);

    /** A clock that leaps about starts nothing again that has just been started. */
    private static final Duration LEAST = Duration.ofHours(1);

    /** It is looked for each minute, and a restart takes less than one. */
    private static final Duration LATE = WINDOW.plusMinutes(5);

    private static final Duration DAY = Duration.ofDays(1);

    private static final Pattern FORM = Pattern.compile("(?:(components) )?([0-9]{1,2}:[0-9]{2})");

    /**
     * What an admin may set.
     *
     * @param at in the zone of the clock; empty for never
     * @param components parts alone are started again, one after the other
     */
    record Setting(Optional<LocalTime> at, boolean components) {

        /**
         * @throws IllegalArgumentException with one line for the admin
         */
        static Setting read(String text) {
            String word = text.strip();
            if (word.equals("off")) {
                return new Setting(Optional.empty(), false);
            }
            Matcher form = FORM.matcher(word.equals("components") ? "components 03:00" : word);
            if (form.matches()) {
                try {
                    String time = form.group(2).length() == 4 ? "0" + form.group(2) : form.group(2);
                    return new Setting(Optional.of(LocalTime.parse(time)), form.group(1) != null);
                } catch (DateTimeException e) {
                    throw refused(text);
                }
            }
            throw refused(text);
        }

        private static IllegalArgumentException refused(String text) {
            return new IllegalArgumentException(
                    "restart.daily = "
                            + text
                            + " is refused: must be a time such as 03:00, components, components"
                            + " 03:00 or off");
        }
    }

    private final Clock clock;

    /**
     * @param clock in the zone in which people mean times of day
     */
    DailyRestart(Clock clock) {
        this.clock = clock;
    }

    /**
     * Is it time?
     *
     * @param ran since the last one, or the program's start
     * @param updating an update is under way, and would be taken for a release that ends the
     *     program
     */
    boolean isDue(Setting setting, Duration ran, boolean updating) {
        if (updating || setting.at().isEmpty() || ran.compareTo(LEAST) < 0) {
            return false;
        }
        return past(setting.at().get()).compareTo(WINDOW) < 0;
    }

    /**
     * How long ago a restart was due that has not been made; empty when there is none.
     *
     * @param ran since the last one, or the program's start
     */
    Optional<Duration> missed(Setting setting, Duration ran) {
        if (setting.at().isEmpty()) {
            return Optional.empty();
        }
        Duration today = past(setting.at().get());
        // Today's is not late yet; was there one yesterday?
        Duration past = today.compareTo(LATE) < 0 ? today.plus(DAY) : today;
        boolean wasDue = ran.minus(past).compareTo(LEAST) >= 0;
        return wasDue ? Optional.of(past) : Optional.empty();
    }

    /** Since it was that time of the day last. */
    private Duration past(LocalTime at) {
        LocalTime now = LocalTime.ofInstant(clock.instant(), clock.getZone());
        Duration past = Duration.between(at, now);
        return past.isNegative() ? past.plus(DAY) : past;
    }
}
