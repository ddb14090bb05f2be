package io.visionops.shell.internal.json;

import io.visionops.api.query.EventPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of events, newest first.
 *
 * @param next value of {@code --cursor} for the next page; null on the last
 */
public record EventsDocument(List<EventRow> events, @Nullable String next) {

    public static EventsDocument of(EventPage page) {
        return new EventsDocument(
                page.events().stream().map(EventRow::of).toList(), page.next().orElse(null));
    }
}
