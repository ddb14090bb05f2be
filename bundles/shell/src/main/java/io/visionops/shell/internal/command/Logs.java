package io.visionops.shell.internal.command;

import io.visionops.api.log.LogLine;
import io.visionops.api.log.LogQuery;
import io.visionops.api.log.LogTail;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Pause;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.completion.LogLevels;
import io.visionops.shell.internal.json.Json;
import io.visionops.shell.internal.json.LogRow;
import io.visionops.shell.internal.json.LogsDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Shows the newest lines of the log, and those to come. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "logs",
        description = "Shows the newest lines of the log, the newest last")
public final class Logs extends VisionOpsCommand<LogsDocument> {

    private static final long LOOK_MILLIS = 500;

    @Option(name = "--level", description = "This one and more important: warn")
    @Completion(LogLevels.class)
    private String level = "trace";

    @Option(name = "--camera", description = "Only what is about this camera")
    @Completion(CameraNames.class)
    private @Nullable String camera;

    @Option(name = "--part", description = "Only what this part has written, such as ingest")
    private @Nullable String part;

    @Option(name = "--since", description = "Not older than this: 1h, 2026-01-01T08:00")
    private @Nullable String since;

    @Option(name = "--grep", description = "Only lines with this text, in any case")
    private @Nullable String grep;

    @Option(name = "--limit", description = "Lines, 1 to 1000")
    private String limit = "100";

    @Option(
            name = "--follow",
            description = "Goes on with what is written from now on, until it is interrupted")
    private boolean follow;

    @Override
    protected LogsDocument answer(Parts parts) throws IOException {
        TimeOption time = new TimeOption(clock().withZone(zone(parts)));
        LogQuery query =
                new LogQuery(
                        LogLevelOption.read("--level", level),
                        Optional.ofNullable(camera),
                        Optional.ofNullable(part),
                        time.since(since),
                        Optional.empty(),
                        Optional.ofNullable(grep),
                        LimitOption.read(limit));
        io.visionops.api.log.Logs logs = parts.get(Part.LOGS);
        if (!follow) {
            return LogsDocument.of(logs.read(query));
        }
        try (LogTail tail = logs.follow(query)) {
            // Where both see a line, it is shown twice rather than not at all.
            follow(LogsDocument.of(logs.read(query)), tail, System.out);
        }
        return new LogsDocument(List.of(), true);
    }

    /** Until nobody reads any more; one JSON document a line. */
    private void follow(LogsDocument before, LogTail tail, PrintStream out) throws IOException {
        List<LogRow> rows = before.lines();
        while (!out.checkError()) {
            for (LogRow row : rows) {
                out.print(json ? Json.write(row) + "\n" : LogText.of(row, this::time));
            }
            out.flush();
            try {
                Pause.millis(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandException("interrupted", e);
            }
            rows = tail.next().stream().map(Logs::row).toList();
        }
    }

    private static LogRow row(LogLine line) {
        return LogRow.of(line);
    }

    @Override
    protected void print(LogsDocument page, PrintStream out) {
        for (LogRow row : page.lines()) {
            out.print(LogText.of(row, this::time));
        }
        if (page.lines().isEmpty() && !follow) {
            out.println("no lines");
        }
        if (!page.complete()) {
            out.println("the log was not read to its beginning: --since makes it shorter");
        }
    }
}
