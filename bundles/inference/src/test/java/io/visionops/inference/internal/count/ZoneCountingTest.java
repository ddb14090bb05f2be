package io.visionops.inference.internal.count;

import static io.visionops.inference.internal.count.Street.straight;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Polygon;
import io.visionops.api.geometry.Zone;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Type;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is true of the zones, with the real tracker before them. */
class ZoneCountingTest {

    private static final Polygon MIDDLE =
            new Polygon(
                    List.of(
                            new Point(0.3, 0.3),
                            new Point(0.7, 0.3),
                            new Point(0.7, 1),
                            new Point(0.3, 1)));

    @Test
    void whoeverWalksThroughEntersAndLeavesOnce() {
        Street street =
                Street.with(zone(Optional.empty(), OptionalInt.empty()))
                        .walk(straight(0, 0.8, 1, 0.8, 0, 8));

        List<Event> events = street.run(10);

        assertThat(types(events)).containsExactly(Type.ZONE_ENTERED, Type.ZONE_LEFT);
        assertThat(events).allMatch(event -> event.zone().equals(Optional.of("hall")));
        assertThat(street.counter().occupancy())
                .containsExactly(new ZoneCount("hall", "person", 0));
    }

    @Test
    void whoeverStandsInItOccupiesIt() {
        Street street =
                Street.with(zone(Optional.empty(), OptionalInt.empty()))
                        .walk(time -> Optional.of(new Point(0.4, 0.7)))
                        .walk(time -> Optional.of(new Point(0.6, 0.9)))
                        .walk(time -> Optional.of(new Point(0.9, 0.9)));

        street.run(3);
        List<ZoneCount> occupancy = street.counter().occupancy();
        street.run(1);

        assertThat(occupancy).containsExactly(new ZoneCount("hall", "person", 2));
        assertThat(street.counter().occupancy()).isSameAs(occupancy);
    }

    @Test
    void whoeverSwaysOnTheEdgeEntersOnce() {
        Street street =
                Street.with(zone(Optional.empty(), OptionalInt.empty()))
                        .walk(
                                time ->
                                        Optional.of(
                                                new Point(0.3 + 0.006 * Math.sin(4 * time), 0.8)));

        assertThat(types(street.run(30))).containsExactly(Type.ZONE_ENTERED);
    }

    @Test
    void whoeverStaysLongLoitersOnceAStay() {
        Street street =
                Street.with(zone(Optional.of(Duration.ofSeconds(5)), OptionalInt.empty()))
                        .walk(straight(0, 0.8, 0.5, 0.8, 0, 4))
                        .walk(standing(0.5, 0.8, 4, 20))
                        .walk(straight(0.5, 0.8, 1, 0.8, 20, 24));

        List<Event> events = street.run(30);

        assertThat(types(events))
                .containsExactly(Type.ZONE_ENTERED, Type.LOITERING, Type.ZONE_LEFT);
        Duration until = Duration.between(events.get(0).time(), events.get(1).time());
        assertThat(until).isBetween(Duration.ofMillis(4900), Duration.ofMillis(5200));
    }

    @Test
    void moreThanAllowedIsReportedOnceUntilItIsLessAgain() {
        Street street =
                Street.with(zone(Optional.empty(), OptionalInt.of(1)))
                        .walk(standing(0.4, 0.7, 0, 60))
                        .walk(straight(1, 0.9, 0.6, 0.9, 5, 8))
                        .walk(standing(0.6, 0.9, 8, 15))
                        .walk(straight(0.6, 0.9, 1, 0.9, 15, 18))
                        .walk(straight(1, 0.9, 0.6, 0.9, 30, 33))
                        .walk(standing(0.6, 0.9, 33, 60));

        List<Event> first = street.run(25);
        List<Event> second = street.run(20);

        assertThat(types(first))
                .containsExactly(
                        Type.ZONE_ENTERED, Type.ZONE_ENTERED, Type.OVERCROWDED, Type.ZONE_LEFT);
        assertThat(types(second)).containsExactly(Type.ZONE_ENTERED, Type.OVERCROWDED);
        assertThat(first.get(2).detail()).isEqualTo("2 in the zone, at most 1");
    }

    @Test
    void whoeverVanishesInItHasLeftOnceForgotten() {
        Street street =
                Street.with(zone(Optional.empty(), OptionalInt.empty()))
                        .walk(straight(0, 0.8, 0.5, 0.8, 0, 4));

        List<Event> seen = street.run(6);
        List<Event> later = street.run(4);

        assertThat(types(seen)).containsExactly(Type.ZONE_ENTERED);
        assertThat(types(later)).containsExactly(Type.ZONE_LEFT);
        assertThat(street.counter().occupancy())
                .containsExactly(new ZoneCount("hall", "person", 0));
    }

    @Test
    void whoeverStandsStaysInThoughTheDetectorBlinks() {
        Street street =
                Street.with(zone(Optional.empty(), OptionalInt.empty()))
                        .walk(straight(0, 0.8, 0.5, 0.8, 0, 4))
                        .walk(standing(0.5, 0.8, 4, 10))
                        .walk(standing(0.5, 0.8, 40, 42))
                        .walk(standing(0.5, 0.8, 80, 90));

        assertThat(types(street.run(90))).containsExactly(Type.ZONE_ENTERED);
        assertThat(street.counter().occupancy())
                .containsExactly(new ZoneCount("hall", "person", 1));
    }

    @Test
    void aStayGoesOnAfterASwap() {
        Street street =
                Street.with(zone(Optional.of(Duration.ofSeconds(10)), OptionalInt.of(0)))
                        .walk(straight(0, 0.8, 0.5, 0.8, 0, 4))
                        .walk(standing(0.5, 0.8, 4, 90));
        street.run(8);

        Counter fresh = street.anotherCounter(street.settings());
        fresh.restore(street.counter().save());
        street.swap(street.tracker(), fresh);

        assertThat(fresh.occupancy()).containsExactly(new ZoneCount("hall", "person", 1));
        assertThat(types(street.run(20))).containsExactly(Type.LOITERING);
    }

    private static Street.Walk standing(double x, double y, double from, double to) {
        return time -> time > from && time <= to ? Optional.of(new Point(x, y)) : Optional.empty();
    }

    private static Zone zone(Optional<Duration> loitering, OptionalInt most) {
        return new Zone("hall", MIDDLE, loitering, most);
    }

    private static List<Type> types(List<Event> events) {
        return events.stream().map(Event::type).toList();
    }
}
