package io.visionops.shell.internal.command;

import io.visionops.api.query.CountQuery.Interval;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Plain;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads the value of {@code --interval}. */
final class IntervalOption {

    private IntervalOption() {}

    /**
     * @throws CommandException when the word is none of the intervals
     */
    static Interval read(String word) {
        return Arrays.stream(Interval.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "--interval "
                                                + Plain.line(word)
                                                + ": must be one of "
                                                + Arrays.stream(Interval.values())
                                                        .map(Interval::word)
                                                        .collect(Collectors.joining(", "))));
    }
}
