package io.visionops.shell.internal.command;

import io.visionops.api.ledger.EventQuery;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.Words;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.completion.Labels;
import io.visionops.shell.internal.completion.LineNames;
import io.visionops.shell.internal.completion.ZoneNames;
import io.visionops.shell.internal.json.EventsDocument;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Lists events. */
@Service
@Parsing(Words.class)
@Command(scope = "visionops", name = "events", description = "Lists what happened, newest first")
public final class Events extends VisionOpsCommand<EventsDocument> {

    @Option(name = "--camera", description = "Only this camera")
    @Completion(CameraNames.class)
    private @Nullable String camera;

    @Option(name = "--label", description = "Only objects of this kind")
    @Completion(Labels.class)
    private @Nullable String label;

    @Option(name = "--line", description = "Only at this line")
    @Completion(LineNames.class)
    private @Nullable String line;

    @Option(name = "--zone", description = "Only in this zone")
    @Completion(ZoneNames.class)
    private @Nullable String zone;

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
                        Optional.ofNullable(label),
                        Optional.ofNullable(line),
                        Optional.ofNullable(zone),
                        range.from(),
                        range.to(),
                        Optional.empty(),
                        EventPages.limit(limit),
                        Optional.ofNullable(cursor));
        return EventsDocument.of(parts.get(Part.LEDGER).events(query));
    }

    @Override
    protected void print(EventsDocument page, PrintStream out) {
        EventPages.print(page, out);
    }
}
