package io.visionops.shell.internal.command;

import io.visionops.api.query.EventQuery;
import io.visionops.api.subject.Subject;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.EventRow;
import io.visionops.shell.internal.json.EventsDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

/** A command that reads events, a page at a time. */
abstract class EventsCommand extends RangeCommand<EventsDocument> {

    @Option(name = "--camera", description = "Only this camera")
    @Completion(CameraNames.class)
    protected @Nullable String camera;

    @Option(
            name = "--subject",
            description = "Only what happened to this, written kind/name: part/ingest")
    private @Nullable String subject;

    @Option(name = "--type", description = "Only events of this type, such as crossing")
    private @Nullable String type;

    @Option(name = "--limit", description = "Rows of a page, 1 to 1000")
    private String limit = "50";

    @Option(name = "--cursor", description = "The next page, as the page before names it")
    protected @Nullable String cursor;

    /** What else the events must be, besides of the camera and in the time. */
    record Only(
            Optional<String> label,
            Optional<String> line,
            Optional<String> zone,
            Optional<String> text) {}

    protected abstract Only only();

    /**
     * What besides events belongs to the answer.
     *
     * @param most rows of it
     */
    protected EventsDocument more(
            EventsDocument page, TimeOption.Range range, int most, Parts parts) throws IOException {
        return page;
    }

    @Override
    protected final EventsDocument answer(Parts parts) throws IOException {
        TimeOption.Range range = range(parts);
        Only only = only();
        EventQuery query =
                new EventQuery(
                        Optional.ofNullable(camera),
                        Optional.ofNullable(subject).map(Subject::parse),
                        Optional.ofNullable(type),
                        only.label(),
                        only.line(),
                        only.zone(),
                        range.from(),
                        range.to(),
                        only.text(),
                        LimitOption.read(limit),
                        Optional.ofNullable(cursor));
        EventsDocument page = EventsDocument.of(parts.get(Part.JOURNAL_READER).events(query));
        return more(page, range, query.limit(), parts);
    }

    @Override
    protected void print(EventsDocument page, PrintStream out) {
        Table table =
                new Table(
                        "no events",
                        "Time",
                        "Camera",
                        "Event",
                        "Where",
                        "Label",
                        "?>Score",
                        "?>Track",
                        "~Detail");
        for (EventRow event : page.events()) {
            table.row(
                    time(event.time()),
                    event.camera().isEmpty() ? event.subject() : event.camera(),
                    event.type(),
                    Stream.of(event.line(), event.zone(), event.direction())
                            .filter(Objects::nonNull)
                            .collect(Collectors.joining(" ")),
                    event.label(),
                    event.score(),
                    event.track(),
                    event.detail());
        }
        table.print(out, width());
        if (page.next() != null) {
            out.println("more with --cursor " + Plain.line(page.next()));
        }
    }
}
