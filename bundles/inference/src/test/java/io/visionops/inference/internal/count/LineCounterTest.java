package io.visionops.inference.internal.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.inference.internal.count.CounterState.PassageState;
import io.visionops.inference.internal.count.CounterState.SubjectState;
import io.visionops.inference.internal.track.Track;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineCounterTest {

    /** Both point up: whoever walks to the right comes in. */
    private static final Line DOOR = new Line("door", new Point(0.5, 1), new Point(0.5, 0));

    private static final Line GATE = new Line("gate", new Point(0.7, 1), new Point(0.7, 0));

    private final LineCounter lines = counter(DOOR, GATE);
    private final Track track = Passer.track();
    private final List<Event> events = new ArrayList<>();

    @Test
    void aCrossingIsWrittenWithItsLineItsDirectionAndTheObject() {
        CountedObject person = person(lines.begin(0.4, 0.8, Optional.empty()));

        walk(lines, person, 0.6);

        assertThat(events).hasSize(1);
        assertThat(events.get(0).type()).isEqualTo(Event.Type.CROSSING);
        assertThat(events.get(0).line()).contains("door");
        assertThat(events.get(0).direction()).contains(Direction.IN);
        assertThat(events.get(0).label()).contains("person");
        assertThat(events.get(0).track()).hasValue(track.id());
        assertThat(events.get(0).time()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void oneStepOverTwoLinesCrossesBothInTheirOrder() {
        CountedObject person = person(lines.begin(0.4, 0.8, Optional.empty()));

        walk(lines, person, 0.9);

        assertThat(crossed()).containsExactly("door IN", "gate IN");
    }

    @Test
    void whoeverVanishesOnTheWayBackHasGoneBackOutOfSight() {
        CountedObject person = person(lines.begin(0.4, 0.8, Optional.empty()));
        walk(lines, person, 0.55);
        walk(lines, person, 0.45);

        lines.vanished(person, Instant.EPOCH, events);

        assertThat(crossed()).containsExactly("door IN", "door OUT");
        assertThat(events.get(1).detail()).isEqualTo("out of sight");
        assertThat(events.get(1).box()).isEmpty();
    }

    @Test
    void whoeverGoesOnFromAnotherCrossesFromWhereThatOneCame() {
        CountedObject former = person(lines.begin(0.4, 0.8, Optional.empty()));
        walk(lines, former, 0.5);

        CountedObject person = person(lines.begin(0.5, 0.8, Optional.of(former)));
        walk(lines, person, 0.6);

        assertThat(crossed()).containsExactly("door IN");
    }

    @Test
    void aSavedPathGoesOnAtTheSameLineAndBeginsAnewAtOneThatWasMoved() {
        CountedObject person = person(lines.begin(0.4, 0.8, Optional.empty()));
        walk(lines, person, 0.45);
        SubjectState saved = person.save(List.of());
        Line moved = new Line("gate", new Point(0.6, 1), new Point(0.6, 0));
        LineCounter next = counter(moved, DOOR);

        CountedObject restored = person(next.restore(saved.lines()));
        walk(next, restored, 0.8);

        assertThat(saved.lines()).extracting(PassageState::side).containsExactly(-1, -1);
        assertThat(crossed()).containsExactly("door IN");
    }

    private static LineCounter counter(Line... lines) {
        return new LineCounter(List.of(lines), Passer.ASPECT, Passer.events());
    }

    private static CountedObject person(LineCrossing[] paths) {
        return new CountedObject(1, "person", paths, new ZonePresence[0]);
    }

    private void walk(LineCounter counter, CountedObject person, double x) {
        person.seen(x, 0.8, Passer.TALL, false);
        counter.seen(person, track, Instant.EPOCH, events);
    }

    private List<String> crossed() {
        return events.stream()
                .map(event -> event.line().orElseThrow() + " " + event.direction().orElseThrow())
                .toList();
    }
}
