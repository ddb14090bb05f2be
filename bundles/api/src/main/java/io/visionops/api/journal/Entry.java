package io.visionops.api.journal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is written in one transaction, once: an entry whose id is known already is acknowledged and
 * not written again, so a caller may replay what was not acknowledged.
 *
 * @param id of the event where there is one
 */
public record Entry(UUID id, Optional<Event> event, List<Fact> facts) {

    public Entry {
        facts = List.copyOf(facts);
    }

    public static Entry of(Event event, Fact... facts) {
        return new Entry(event.id(), Optional.of(event), List.of(facts));
    }

    public static Entry of(UUID id, Fact... facts) {
        return new Entry(id, Optional.empty(), List.of(facts));
    }
}
