package io.visionops.shell.internal.command;

import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.json.EventRow;
import io.visionops.shell.internal.json.EventsDocument;
import io.visionops.shell.internal.json.Json;
import java.io.PrintStream;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the commands that read events share. */
final class EventPages {

    static final String DEFAULT_LIMIT = "50";

    private EventPages() {}

    /**
     * @throws CommandException when the value of {@code --limit} is not a number of rows
     */
    static int limit(String value) {
        if (value.matches("[1-9]\\d{0,2}|1000")) {
            return Integer.parseInt(value);
        }
        throw new CommandException(
                "--limit " + Plain.line(value) + ": must be a number from 1 to 1000");
    }

    static void print(EventsDocument page, PrintStream out) {
        Table table =
                new Table(
                        "no events",
                        "Time",
                        "Camera",
                        "Event",
                        "Where",
                        "Label",
                        ">Score",
                        ">Track",
                        "Detail");
        for (EventRow event : page.events()) {
            table.row(
                    Json.time(event.time()),
                    event.camera(),
                    event.type(),
                    Stream.of(event.line(), event.zone(), event.direction())
                            .filter(Objects::nonNull)
                            .collect(Collectors.joining(" ")),
                    event.label(),
                    event.score(),
                    event.track(),
                    event.detail());
        }
        table.print(out);
        if (page.next() != null) {
            out.println("more with --cursor " + Plain.line(page.next()));
        }
    }
}
