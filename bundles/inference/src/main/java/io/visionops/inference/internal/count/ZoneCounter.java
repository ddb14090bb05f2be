package io.visionops.inference.internal.count;

import io.visionops.api.geometry.Zone;
import io.visionops.api.journal.Event;
import io.visionops.inference.internal.count.CounterState.StayState;
import io.visionops.inference.internal.track.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The zones of one camera: who enters, leaves and loiters, and how many are in. Used by one thread.
 */
final class ZoneCounter {

    private final List<ZoneWatch> zones;
    private final CountEvents made;
    private List<ZoneCount> occupancy = List.of();
    private boolean occupancyChanged;

    /**
     * @param aspect width by height of the picture in pixels
     */
    ZoneCounter(List<Zone> zones, double aspect, CountEvents made) {
        this.zones = zones.stream().map(zone -> new ZoneWatch(zone, aspect)).toList();
        this.made = made;
    }

    /** The stays of a new object, in the order of the zones: it is in none yet. */
    ZonePresence[] begin() {
        ZonePresence[] stays = new ZonePresence[zones.size()];
        for (int i = 0; i < stays.length; i++) {
            stays[i] = new ZonePresence();
        }
        return stays;
    }

    /**
     * The stays of an object that a state knows, which is counted in its zones at once. What is
     * known of zones that are no more is passed over.
     */
    ZonePresence[] restore(List<StayState> states, String label) {
        ZonePresence[] stays = begin();
        for (StayState state : states) {
            for (int i = 0; i < stays.length; i++) {
                if (zones.get(i).zone().name().equals(state.zone())) {
                    stays[i].restore(state.seconds(), state.loitering());
                    change(zones.get(i), label, 1);
                }
            }
        }
        return stays;
    }

    /** The zones that an object is in. */
    List<StayState> save(CountedObject subject) {
        List<StayState> states = new ArrayList<>();
        for (int i = 0; i < zones.size(); i++) {
            ZonePresence stay = subject.stay(i);
            if (stay.inside()) {
                states.add(
                        new StayState(
                                zones.get(i).zone().name(), stay.seconds(), stay.loitering()));
            }
        }
        return states;
    }

    /** An object is seen in its next place. */
    void seen(CountedObject subject, Track track, Instant time, List<Event> events) {
        for (int i = 0; i < zones.size(); i++) {
            ZoneWatch watch = zones.get(i);
            ZonePresence stay = subject.stay(i);
            double stayed = stay.seconds();
            if (subject.stand(i, watch.area())) {
                boolean entered = stay.inside();
                change(watch, track.label(), entered ? 1 : -1);
                events.add(
                        entered
                                ? made.zone(Event.Type.ZONE_ENTERED, track, watch, "", time)
                                : made.zone(
                                        Event.Type.ZONE_LEFT,
                                        track,
                                        watch,
                                        CountEvents.after(stayed),
                                        time));
            }
            Optional<Duration> limit = watch.zone().loitering();
            if (limit.isPresent() && stay.startsLoitering(limit.get().toMillis() / 1000.0)) {
                events.add(
                        made.zone(
                                Event.Type.LOITERING,
                                track,
                                watch,
                                CountEvents.after(stay.seconds()),
                                time));
            }
        }
    }

    /** An object is not seen any more, and has left the zones that it was in. */
    void vanished(CountedObject subject, Instant time, List<Event> events) {
        for (int i = 0; i < zones.size(); i++) {
            ZonePresence stay = subject.stay(i);
            if (stay.inside()) {
                change(zones.get(i), subject.label(), -1);
                events.add(made.vanished(subject, zones.get(i), stay.seconds(), time));
                stay.leave();
            }
        }
    }

    /** All objects of a frame are in their places: zones that have become too full are told of. */
    void watchCrowds(Instant time, List<Event> events) {
        for (int i = 0; i < zones.size(); i++) {
            ZoneWatch watch = zones.get(i);
            if (watch.becomesOvercrowded()) {
                events.add(made.overcrowded(watch, time));
            }
        }
    }

    private void change(ZoneWatch watch, String label, int more) {
        watch.add(label, more);
        occupancyChanged = true;
    }

    /**
     * How many stand in the zones: every zone with every label that was seen in it, 0 included. The
     * same list as long as nothing changes.
     */
    List<ZoneCount> occupancy() {
        if (occupancyChanged) {
            occupancyChanged = false;
            List<ZoneCount> counts = new ArrayList<>();
            for (ZoneWatch watch : zones) {
                watch.objects()
                        .forEach(
                                (label, objects) ->
                                        counts.add(
                                                new ZoneCount(
                                                        watch.zone().name(), label, objects)));
            }
            occupancy = List.copyOf(counts);
        }
        return occupancy;
    }

    /** The names of zones that were told of as too full and still are. */
    List<String> overcrowded() {
        return zones.stream()
                .filter(ZoneWatch::overcrowded)
                .map(watch -> watch.zone().name())
                .toList();
    }

    /** Zones of these names were told of as too full already. */
    void restoreOvercrowded(List<String> names) {
        for (ZoneWatch watch : zones) {
            if (names.contains(watch.zone().name())) {
                watch.restoreOvercrowded();
            }
        }
    }
}
