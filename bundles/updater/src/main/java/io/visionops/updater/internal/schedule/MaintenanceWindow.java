package io.visionops.updater.internal.schedule;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From when to when a release may be installed without a person, each day; it may go over midnight.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record MaintenanceWindow(LocalTime from, LocalTime to) {

    public static final String BY_HAND = "by-hand";

    private static final Pattern FORM = Pattern.compile("([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})");

    /**
     * Reads {@code 02:00-04:00}; empty for {@code by-hand}.
     *
     * @throws IllegalArgumentException with one line for the admin
     */
    public static Optional<MaintenanceWindow> read(String text) {
        String word = text.strip();
        if (word.equals(BY_HAND)) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(word);
        if (form.matches()) {
            try {
                LocalTime from = LocalTime.parse(form.group(1));
                LocalTime to = LocalTime.parse(form.group(2));
                if (!from.equals(to)) {
                    return Optional.of(new MaintenanceWindow(from, to));
                }
            } catch (DateTimeException e) {
                throw refused(text);
            }
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "install = "
                        + text
                        + " is refused: must be "
                        + BY_HAND
                        + " or two times such as 02:00-04:00");
    }

    boolean contains(LocalTime time) {
        boolean after = !time.isBefore(from);
        boolean before = time.isBefore(to);
        return from.isBefore(to) ? after && before : after || before;
    }
}
