package io.visionops.shell.internal.json;

import io.visionops.api.journal.Event;
import io.visionops.api.query.EventPage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event.
 *
 * @param score null for an event without an object
 * @param box {@code x1, y1, x2, y2} relative to the picture
 */
public record EventRow(
        String id,
        String type,
        String camera,
        @Nullable String label,
        @Nullable Double score,
        @Nullable Long track,
        @Nullable List<@Nullable Double> box,
        Instant time,
        @Nullable String line,
        @Nullable String zone,
        @Nullable String direction,
        boolean hasSnapshot,
        @Nullable String detail,
        String subject,
        String severity) {

    public static EventRow of(EventPage.Stored stored) {
        Event event = stored.event();
        return new EventRow(
                event.id().toString(),
                event.type().word(),
                event.camera(),
                event.label().orElse(null),
                event.label().isPresent() ? Json.round(event.score(), 3) : null,
                event.track().isPresent() ? event.track().getAsLong() : null,
                event.box().map(Json::box).orElse(null),
                event.time(),
                event.line().orElse(null),
                event.zone().orElse(null),
                event.direction().map(Event.Direction::word).orElse(null),
                stored.hasSnapshot(),
                event.detail().isEmpty() ? null : event.detail(),
                event.subject().toString(),
                event.severity().word());
    }
}
