package io.visionops.inference.internal.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Polygon;
import io.visionops.api.geometry.Zone;
import io.visionops.api.journal.Event;
import io.visionops.inference.internal.count.CounterState.StayState;
import io.visionops.inference.internal.track.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ZoneCounterTest {

    /** The right half; one may be in it, for ten seconds. */
    private static final Zone YARD =
            new Zone(
                    "yard",
                    new Polygon(
                            List.of(
                                    new Point(0.5, 0),
                                    new Point(1, 0),
                                    new Point(1, 1),
                                    new Point(0.5, 1))),
                    Optional.of(Duration.ofSeconds(10)),
                    OptionalInt.of(1));

    private final ZoneCounter zones = counter();
    private final Track track = Passer.track();
    private final List<Event> events = new ArrayList<>();

    @Test
    void whoeverEntersAndLeavesIsWrittenAndCounted() {
        CountedObject person = person(zones.begin());

        stand(zones, person, 0.4);
        stand(zones, person, 0.6);
        List<ZoneCount> within = zones.occupancy();
        person.pass(3);
        stand(zones, person, 0.4);

        assertThat(types()).containsExactly("zone-entered", "zone-left");
        assertThat(events.get(1).zone()).contains("yard");
        assertThat(events.get(1).detail()).isEqualTo("after 3 s");
        assertThat(within).containsExactly(new ZoneCount("yard", "person", 1));
        assertThat(zones.occupancy()).containsExactly(new ZoneCount("yard", "person", 0));
    }

    @Test
    void whoeverStaysTooLongLoitersOnce() {
        CountedObject person = person(zones.begin());
        stand(zones, person, 0.6);

        person.pass(11);
        stand(zones, person, 0.6);
        stand(zones, person, 0.6);

        assertThat(types()).containsExactly("zone-entered", "loitering");
    }

    @Test
    void whoeverVanishesInAZoneHasLeftIt() {
        CountedObject person = person(zones.begin());
        stand(zones, person, 0.6);

        zones.vanished(person, Instant.EPOCH, events);
        zones.vanished(person, Instant.EPOCH, events);

        assertThat(types()).containsExactly("zone-entered", "zone-left");
        assertThat(zones.occupancy()).containsExactly(new ZoneCount("yard", "person", 0));
    }

    @Test
    void aZoneIsTooFullOnceUntilItIsNotAnyMore() {
        CountedObject one = person(zones.begin());
        CountedObject other = person(zones.begin());
        stand(zones, one, 0.6);
        stand(zones, other, 0.6);
        events.clear();

        zones.watchCrowds(Instant.EPOCH, events);
        zones.watchCrowds(Instant.EPOCH, events);

        assertThat(types()).containsExactly("overcrowded");
        assertThat(zones.overcrowded()).containsExactly("yard");
    }

    @Test
    void aSavedStayGoesOnIsCountedAndSaysNothingTwice() {
        CountedObject person = person(zones.begin());
        stand(zones, person, 0.6);
        person.pass(4);
        List<StayState> saved = new ArrayList<>(zones.save(person));
        saved.add(new StayState("a zone that is no more", 1, false));
        ZoneCounter next = counter();
        events.clear();

        CountedObject restored = person(next.restore(saved, "person"));
        next.restoreOvercrowded(List.of("yard", "a zone that is no more"));
        stand(next, restored, 0.6);

        assertThat(events).isEmpty();
        assertThat(restored.stay(0).seconds()).isEqualTo(4);
        assertThat(next.occupancy()).containsExactly(new ZoneCount("yard", "person", 1));
        assertThat(next.overcrowded()).containsExactly("yard");
    }

    @Test
    void occupancyIsTheSameListWhileNothingChanges() {
        CountedObject person = person(zones.begin());
        stand(zones, person, 0.6);
        List<ZoneCount> before = zones.occupancy();

        stand(zones, person, 0.7);

        assertThat(zones.occupancy()).isSameAs(before);
    }

    private static ZoneCounter counter() {
        return new ZoneCounter(List.of(YARD), Passer.ASPECT, Passer.events());
    }

    private static CountedObject person(ZonePresence[] stays) {
        return new CountedObject(1, "person", new LineCrossing[0], stays);
    }

    private void stand(ZoneCounter counter, CountedObject person, double x) {
        person.seen(x, 0.8, Passer.TALL, false);
        counter.seen(person, track, Instant.EPOCH, events);
    }

    private List<String> types() {
        return events.stream().map(event -> event.type().word()).toList();
    }
}
