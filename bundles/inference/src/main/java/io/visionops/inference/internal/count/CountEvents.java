package io.visionops.inference.internal.count;

import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import io.visionops.inference.internal.track.Track;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes the events of one camera's lines and zones. */
final class CountEvents {

    private final String camera;
    private final Supplier<UUID> ids;

    CountEvents(String camera, Supplier<UUID> ids) {
        this.camera = camera;
        this.ids = ids;
    }

    Event crossing(Track track, Tripwire wire, Direction direction, Instant time) {
        return event(
                Event.Type.CROSSING,
                time,
                Optional.of(track.label()),
                track.score(),
                OptionalLong.of(track.id()),
                Optional.of(track.box()),
                Optional.of(wire.name()),
                Optional.empty(),
                Optional.of(direction),
                "");
    }

    /** Of an object that is not seen any more. */
    Event crossed(CountedObject subject, Tripwire wire, Direction direction, Instant time) {
        return event(
                Event.Type.CROSSING,
                time,
                Optional.of(subject.label()),
                0,
                OptionalLong.of(subject.track()),
                Optional.empty(),
                Optional.of(wire.name()),
                Optional.empty(),
                Optional.of(direction),
                "out of sight");
    }

    Event zone(Event.Type type, Track track, ZoneWatch watch, String detail, Instant time) {
        return event(
                type,
                time,
                Optional.of(track.label()),
                track.score(),
                OptionalLong.of(track.id()),
                Optional.of(track.box()),
                Optional.empty(),
                Optional.of(watch.zone().name()),
                Optional.empty(),
                detail);
    }

    /** An object that is not seen any more has left. */
    Event vanished(CountedObject subject, ZoneWatch watch, double seconds, Instant time) {
        return event(
                Event.Type.ZONE_LEFT,
                time,
                Optional.of(subject.label()),
                0,
                OptionalLong.of(subject.track()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(watch.zone().name()),
                Optional.empty(),
                after(seconds) + ", out of sight");
    }

    Event overcrowded(ZoneWatch watch, Instant time) {
        return event(
                Event.Type.OVERCROWDED,
                time,
                Optional.empty(),
                0,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(watch.zone().name()),
                Optional.empty(),
                watch.total() + " in the zone, at most " + watch.zone().maxOccupancy().orElse(0));
    }

    static String after(double seconds) {
        return "after " + Math.round(seconds) + " s";
    }

    private Event event(
            Event.Type type,
            Instant time,
            Optional<String> label,
            double score,
            OptionalLong track,
            Optional<Box> box,
            Optional<String> line,
            Optional<String> zone,
            Optional<Direction> direction,
            String detail) {
        return new Event(
                ids.get(),
                type,
                Subject.camera(camera),
                type.equals(Event.Type.OVERCROWDED) ? Severity.WARNING : Severity.INFO,
                time,
                label,
                score,
                track,
                box,
                line,
                zone,
                direction,
                detail);
    }
}
