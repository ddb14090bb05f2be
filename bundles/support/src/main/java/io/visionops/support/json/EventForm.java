package io.visionops.support.json;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event in a hand-over. Before events could be about anything they named a camera (empty for an
 * incident) and a type in capitals; both forms are read.
 *
 * @param camera of the older form alone
 */
record EventForm(
        UUID id,
        String type,
        @Nullable String camera,
        @Nullable Subject subject,
        @Nullable String severity,
        Instant time,
        Optional<String> label,
        double score,
        OptionalLong track,
        Optional<Box> box,
        Optional<String> line,
        Optional<String> zone,
        Optional<Event.Direction> direction,
        String detail) {

    private static final Subject CAMERAS = new Subject("site", "cameras");

    /** To the present form. */
    static final class Writing extends StdConverter<Event, EventForm> {
        @Override
        public EventForm convert(Event event) {
            return new EventForm(
                    event.id(),
                    event.type().word(),
                    null,
                    event.subject(),
                    event.severity().word(),
                    event.time(),
                    event.label(),
                    event.score(),
                    event.track(),
                    event.box(),
                    event.line(),
                    event.zone(),
                    event.direction(),
                    event.detail());
        }
    }

    /** From both forms. */
    static final class Reading extends StdConverter<EventForm, Event> {
        @Override
        public Event convert(EventForm form) {
            return new Event(
                    form.id(),
                    new Event.Type(form.type().toLowerCase(Locale.ROOT).replace('_', '-')),
                    form.about(),
                    form.severity() == null ? Severity.INFO : Severity.of(form.severity()),
                    form.time(),
                    form.label(),
                    form.score(),
                    form.track(),
                    form.box(),
                    form.line(),
                    form.zone(),
                    form.direction(),
                    form.detail());
        }
    }

    private Subject about() {
        if (subject != null) {
            return subject;
        }
        return camera == null || camera.isEmpty() ? CAMERAS : Subject.camera(camera);
    }
}
