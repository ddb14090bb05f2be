package io.visionops.shell.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.visionops.api.query.EventPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of events, newest first.
 *
 * @param next value of {@code --cursor} for the next page; null on the last
 * @param logs lines of the log that say the same, the oldest first; null where they were not looked
 *     for
 */
public record EventsDocument(
        List<EventRow> events,
        @Nullable String next,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<LogRow> logs) {

    public static EventsDocument of(EventPage page) {
        return new EventsDocument(
                page.events().stream().map(EventRow::of).toList(), page.next().orElse(null), null);
    }
}
