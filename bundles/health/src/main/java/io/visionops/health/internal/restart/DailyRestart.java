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

    private static final Pattern FORM = Pattern.compile("(?:(components) )?([0-9]{1,2}:[0-9]{2})");

    /**
     * What an admin may set.
     *
     * @param at in the machine's zone; empty for never
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

    DailyRestart(Clock clock) {
        this.clock = clock;
    }

    /**
     * Is it time?
     *
     * @param ran since the last one, or the program's start
     */
    boolean isDue(Setting setting, Duration ran) {
        if (setting.at().isEmpty() || ran.compareTo(LEAST) < 0) {
            return false;
        }
        LocalTime now = LocalTime.ofInstant(clock.instant(), clock.getZone());
        Duration past = Duration.between(setting.at().get(), now);
        Duration today = past.isNegative() ? past.plusDays(1) : past;
        return today.compareTo(WINDOW) < 0;
    }
}
