package io.visionops.shell.internal.command;

import io.visionops.api.log.LogLevel;
import io.visionops.api.log.LogLevels;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.Loggers;
import io.visionops.shell.internal.json.LogLevelRow;
import io.visionops.support.DurationText;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Shows how much is logged, and changes it for a time. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "log-level",
        description = "Shows how much is logged; with a level, changes it for a time")
public final class LogLevelCommand extends VisionOpsCommand<List<LogLevelRow>> {

    private static final String DEFAULT = "default";

    @Argument(index = 0, name = "LOGGER", description = "Such as io.visionops.ingest; or ROOT")
    @Completion(Loggers.class)
    private @Nullable String logger;

    @Argument(
            index = 1,
            name = "LEVEL",
            description = "trace, debug, info, warn, error, or default: that of the configuration")
    @Completion(io.visionops.shell.internal.completion.LogLevels.class)
    private @Nullable String level;

    @Option(name = "--for", description = "How long the level holds, 7d at most")
    private String time = "1h";

    @Override
    protected List<LogLevelRow> answer(Parts parts) {
        LogLevels levels = parts.get(Part.LOG_LEVELS);
        zone(parts);
        if (logger != null && level != null) {
            change(levels, logger, level);
        }
        return levels.levels().stream()
                .filter(one -> logger == null || level != null || one.logger().equals(logger))
                .map(LogLevelRow::of)
                .toList();
    }

    private void change(LogLevels levels, String name, String wanted) {
        if (wanted.equalsIgnoreCase(DEFAULT)) {
            levels.reset(name, actor());
        } else {
            LogLevel read = LogLevelOption.read("LEVEL", wanted);
            levels.set(name, read, duration(), actor());
        }
    }

    private Duration duration() {
        return DurationText.parse(time)
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "--for "
                                                + Plain.line(time)
                                                + ": must be "
                                                + DurationText.ALLOWED));
    }

    @Override
    protected void print(List<LogLevelRow> levels, PrintStream out) {
        Table table = new Table("no level of its own", "Logger", "Level", "Until");
        for (LogLevelRow row : levels) {
            Instant until = row.until();
            table.row(row.logger(), row.level(), until == null ? null : time(until));
        }
        table.print(out, width());
    }
}
