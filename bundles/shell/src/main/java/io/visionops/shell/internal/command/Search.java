package io.visionops.shell.internal.command;

import io.visionops.api.log.LogLevel;
import io.visionops.api.log.LogQuery;
import io.visionops.api.log.Logs;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.json.EventsDocument;
import io.visionops.shell.internal.json.LogRow;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Searches the events for words, and for who may read the log that too. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "search",
        description = "Searches the events and the log for words")
public final class Search extends EventsCommand {

    @Argument(
            name = "TEXT",
            description = "Words of a camera, label, line, zone, kind of event or detail",
            required = true,
            multiValued = true)
    private List<String> text = List.of();

    @Override
    protected Only only() {
        return new Only(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(String.join(" ", text)));
    }

    /** On the first page, and for who may use the command logs. */
    @Override
    protected EventsDocument more(
            EventsDocument page, TimeOption.Range range, int most, Parts parts) throws IOException {
        Optional<Logs> logs = parts.find(Part.LOGS);
        if (cursor != null || logs.isEmpty() || !(hasRole("operator") || hasRole("admin"))) {
            return page;
        }
        LogQuery query =
                new LogQuery(
                        LogLevel.TRACE,
                        Optional.ofNullable(camera),
                        Optional.empty(),
                        range.from(),
                        range.to(),
                        Optional.of(String.join(" ", text)),
                        most);
        return new EventsDocument(
                page.events(),
                page.next(),
                logs.get().read(query).lines().stream().map(LogRow::of).toList());
    }

    @Override
    protected void print(EventsDocument page, PrintStream out) {
        super.print(page, out);
        List<LogRow> lines = page.logs();
        if (lines != null && !lines.isEmpty()) {
            out.println();
            lines.forEach(line -> out.print(LogText.of(line, this::time)));
        }
    }
}
