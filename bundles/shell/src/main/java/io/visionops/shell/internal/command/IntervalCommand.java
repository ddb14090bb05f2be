package io.visionops.shell.internal.command;

import io.visionops.api.query.CountQuery.Interval;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.completion.CameraNames;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/**
 * A command that divides a stretch of time of one camera or all into rows.
 *
 * @param <T> the answer
 */
abstract class IntervalCommand<T> extends RangeCommand<T> {

    @Option(name = "--camera", description = "Only this camera")
    @Completion(CameraNames.class)
    private @Nullable String camera;

    @Option(name = "--interval", description = "Length of a row: 1m, 15m, 1h, 1d or all")
    @Completion(
            value = StringsCompleter.class,
            values = {"1m", "15m", "1h", "1d", "all"})
    private String interval = "all";

    final Optional<String> camera() {
        return Optional.ofNullable(camera);
    }

    /**
     * @throws CommandException when the word is none of the intervals
     */
    final Interval interval() {
        return IntervalOption.read(interval);
    }
}
