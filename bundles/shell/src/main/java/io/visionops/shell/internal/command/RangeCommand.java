package io.visionops.shell.internal.command;

import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.VisionOpsCommand;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

/**
 * A command that reads a stretch of time.
 *
 * @param <T> the answer
 */
abstract class RangeCommand<T> extends VisionOpsCommand<T> {

    @Option(
            name = "--from",
            description = "The start: 2026-01-01T08:00:00Z, 2026-01-01, or how long ago: 2h")
    private @Nullable String from;

    @Option(name = "--to", description = "The end, exclusive; written like --from")
    private @Nullable String to;

    /**
     * @throws CommandException when an end is not a time, or they are the wrong way round
     */
    final TimeOption.Range range(Parts parts) {
        return new TimeOption(clock().withZone(zone(parts))).range(from, to);
    }
}
