package io.visionops.shell.internal.command;

import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Plain;
import java.time.Duration;

/** Reads how long something may take. */
final class SecondsOption {

    private SecondsOption() {}

    /**
     * @throws CommandException when it is not a number of seconds from {@code least} to {@code
     *     most}
     */
    static Duration read(String option, String text, int least, int most) {
        String digits = text.replaceFirst("s$", "");
        int seconds = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : -1;
        if (seconds < least || seconds > most) {
            throw new CommandException(
                    "%s %s: must be %ss to %ss".formatted(option, Plain.line(text), least, most));
        }
        return Duration.ofSeconds(seconds);
    }
}
