package io.visionops.shell.internal.command;

import io.visionops.api.ledger.EventQuery;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.Words;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.EventsDocument;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Searches the events for words. */
@Service
@Parsing(Words.class)
@Command(scope = "visionops", name = "search", description = "Searches the events for words")
public final class Search extends VisionOpsCommand<EventsDocument> {

    @Argument(
            name = "TEXT",
            description = "Words of a camera, label, line, zone, kind of event or detail",
            required = true,
            multiValued = true)
    private List<String> text = List.of();

    @Option(name = "--camera", description = "Only this camera")
    @Completion(CameraNames.class)
    private @Nullable String camera;

    @Option(
            name = "--from",
            description = "The start: 2026-01-01T08:00:00Z, 2026-01-01 (UTC), or how long ago: 2h")
    private @Nullable String from;

    @Option(name = "--to", description = "The end, exclusive; written like --from")
    private @Nullable String to;

    @Option(name = "--limit", description = "Rows of a page, 1 to 1000")
    private String limit = EventPages.DEFAULT_LIMIT;

    @Option(name = "--cursor", description = "The next page, as the page before names it")
    private @Nullable String cursor;

    @Override
    protected EventsDocument answer(Parts parts) {
        TimeOption.Range range = new TimeOption(clock()).range(from, to);
        EventQuery query =
                new EventQuery(
                        Optional.ofNullable(camera),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        range.from(),
                        range.to(),
                        Optional.of(String.join(" ", text)),
                        EventPages.limit(limit),
                        Optional.ofNullable(cursor));
        return EventsDocument.of(parts.get(Part.LEDGER).events(query));
    }

    @Override
    protected void print(EventsDocument page, PrintStream out) {
        EventPages.print(page, out);
    }
}
