package io.visionops.shell.internal.command;

import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Plain;

/** Reads the value of {@code --limit}. */
final class LimitOption {

    private LimitOption() {}

    /**
     * @throws CommandException when it is not a number of rows of a page
     */
    static int read(String limit) {
        if (limit.matches("[1-9]\\d{0,2}|1000")) {
            return Integer.parseInt(limit);
        }
        throw new CommandException(
                "--limit " + Plain.line(limit) + ": must be a number from 1 to 1000");
    }
}
