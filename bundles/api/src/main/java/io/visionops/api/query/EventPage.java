package io.visionops.api.query;

import io.visionops.api.journal.Event;
import java.util.List;
import java.util.Optional;

/**
 * A page of events, newest first.
 *
 * @param next cursor of the next page; empty on the last
 */
public record EventPage(List<Stored> events, Optional<String> next) {

    /** An event and whether a picture of it is kept. */
    public record Stored(Event event, boolean hasSnapshot) {}

    public EventPage {
        events = List.copyOf(events);
    }
}
