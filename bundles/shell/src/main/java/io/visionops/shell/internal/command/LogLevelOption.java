package io.visionops.shell.internal.command;

import io.visionops.api.log.LogLevel;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Plain;

/** Reads the name of a level. */
final class LogLevelOption {

    private LogLevelOption() {}

    /**
     * @param option as the message calls it
     * @throws CommandException when it is none
     */
    static LogLevel read(String option, String word) {
        return LogLevel.of(word)
                .orElseThrow(
                        () ->
                                new CommandException(
                                        option
                                                + " "
                                                + Plain.line(word)
                                                + ": must be trace, debug, info, warn or error"));
    }
}
