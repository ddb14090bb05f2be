package io.visionops.inference.internal.count;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Zone;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.inference.internal.count.CounterState.PassageState;
import io.visionops.inference.internal.count.CounterState.StayState;
import io.visionops.inference.internal.count.CounterState.SubjectState;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.inference.internal.track.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts at the lines and in the zones of one camera. Used by one thread.
 *
 * <p>Objects count by where they stand, the bottom centre of their box, and only where they were
 * really seen: a path through a place out of sight is the straight way from where the object was
 * last seen to where it was found again.
 */
public final class Counter {

    private final DetectionSettings settings;
    private final double aspect;
    private final CountEvents made;
    private final List<Tripwire> wires = new ArrayList<>();
    private final List<ZoneWatch> zones = new ArrayList<>();
    private final Map<Long, CountedObject> subjects = new HashMap<>();
    private final Standing standing = new Standing();
    private final List<Event> events = new ArrayList<>();
    private List<ZoneCount> occupancy = List.of();
    private boolean occupancyChanged;

    /**
     * @param camera whose events are made
     * @param settings lines, zones, objects and the score that count
     * @param aspect width by height of the picture in pixels
     * @param ids makes the ids of events
     */
    public Counter(String camera, DetectionSettings settings, double aspect, Supplier<UUID> ids) {
        this.settings = settings;
        this.aspect = aspect;
        this.made = new CountEvents(camera, ids);
        for (Line line : settings.lines()) {
            wires.add(new Tripwire(line, aspect));
        }
        for (Zone zone : settings.zones()) {
            zones.add(new ZoneWatch(zone, aspect));
        }
    }

    /**
     * Takes the objects of a frame.
     *
     * @param tracks confirmed objects as the tracker reported them
     * @param seconds since the previous frame, as given to the tracker
     * @param time of the frame, for the events
     * @return what happened: object by object, then zone by zone; valid until the next call
     */
    public List<Event> update(List<Track> tracks, double seconds, Instant time) {
        events.clear();
        standing.pass(seconds);
        if (tracks.isEmpty() && subjects.isEmpty()) {
            return events;
        }
        for (CountedObject subject : subjects.values()) {
            subject.pass(seconds);
        }
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (counts(track)) {
                follow(track, time);
            }
        }
        forget(time);
        watchCrowds(time);
        return events;
    }

    private boolean counts(Track track) {
        return track.confirmed()
                && track.bestScore() >= settings.minScore()
                && settings.objects().contains(track.label());
    }

    private void follow(Track track, Instant time) {
        CountedObject subject = subjects.get(track.id());
        if (subject == null) {
            subject = meet(track);
            subjects.put(track.id(), subject);
        }
        subject.reported(track.lost(), track.memory());
        if (track.lost() > 0) {
            return;
        }
        Box box = track.box();
        double x = (box.x1() + box.x2()) / 2 * aspect;
        double y = box.y2();
        subject.seen(x, y, box.height(), track.stationary());
        for (int i = 0; i < wires.size(); i++) {
            Direction direction = subject.go(i, wires.get(i));
            if (direction != null) {
                events.add(made.crossing(track, wires.get(i), direction, time));
            }
        }
        double band = LineCrossing.BAND * box.height();
        for (int i = 0; i < zones.size(); i++) {
            stand(track, subject.stay(i), zones.get(i), x, y, band, time);
        }
    }

    /**
     * Its path begins where it was first seen, before it was confirmed; or, when it went on from
     * where somebody stood, with the path of that one.
     */
    private CountedObject meet(Track track) {
        Point origin = track.origin();
        double x = origin.x() * aspect;
        Optional<CountedObject> before =
                standing.take(
                        subjects.values(),
                        track.label(),
                        x,
                        origin.y(),
                        track.box().height(),
                        track.label().equals(MotionDetector.LABEL));
        @Nullable LineCrossing[] passages =
                before.map(one -> one.leave(wires)).orElse(new LineCrossing[wires.size()]);
        for (int i = 0; i < passages.length; i++) {
            if (passages[i] == null) {
                passages[i] = new LineCrossing(wires.get(i), x, origin.y());
            }
        }
        CountedObject subject = new CountedObject(track.id(), track.label(), passages, newStays());
        before.ifPresent(subject::appearedAt);
        return subject;
    }

    private ZonePresence[] newStays() {
        ZonePresence[] stays = new ZonePresence[zones.size()];
        for (int i = 0; i < stays.length; i++) {
            stays[i] = new ZonePresence();
        }
        return stays;
    }

    private void stand(
            Track track,
            ZonePresence stay,
            ZoneWatch watch,
            double x,
            double y,
            double band,
            Instant time) {
        double stayed = stay.seconds();
        if (stay.go(watch.area(), x, y, band)) {
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

    /** Objects that do not come back have left. */
    private void forget(Instant time) {
        Iterator<CountedObject> all = subjects.values().iterator();
        while (all.hasNext()) {
            CountedObject subject = all.next();
            if (!subject.forgotten()) {
                continue;
            }
            all.remove();
            for (int i = 0; i < wires.size(); i++) {
                Direction direction = subject.vanish(i);
                if (direction != null) {
                    events.add(made.crossed(subject, wires.get(i), direction, time));
                }
            }
            standing.forget(subject);
            for (int i = 0; i < zones.size(); i++) {
                ZonePresence stay = subject.stay(i);
                if (stay.inside()) {
                    change(zones.get(i), subject.label(), -1);
                    events.add(made.vanished(subject, zones.get(i), stay.seconds(), time));
                    stay.leave();
                }
            }
        }
    }

    private void watchCrowds(Instant time) {
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
     * How many stand in the zones since the last update: every zone with every label that was seen
     * in it, 0 included. The same list as long as nothing changes.
     */
    public List<ZoneCount> occupancy() {
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

    /** What it knows now. */
    public CounterState save() {
        List<String> crowded = new ArrayList<>();
        for (ZoneWatch watch : zones) {
            if (watch.overcrowded()) {
                crowded.add(watch.zone().name());
            }
        }
        return new CounterState(
                CounterState.VERSION, states(subjects.values()), crowded, states(standing.all()));
    }

    private List<SubjectState> states(Collection<CountedObject> all) {
        List<SubjectState> states = new ArrayList<>(all.size());
        for (CountedObject subject : all) {
            states.add(subject.save(zones));
        }
        return states;
    }

    /**
     * Goes on from a saved state; replaces what is known. What it says of lines and zones that are
     * no more is passed over, and new ones begin where the object is seen next.
     *
     * @throws IllegalArgumentException when the state's version is not known
     */
    public void restore(CounterState state) {
        if (state.version() != CounterState.VERSION) {
            throw new IllegalArgumentException(
                    "counter state of version " + state.version() + ", known is 1");
        }
        subjects.clear();
        for (SubjectState subject : state.subjects()) {
            subjects.put(subject.track(), restored(subject));
        }
        standing.restore(
                Objects.requireNonNull(state.waiting()).stream().map(this::restored).toList());
        for (ZoneWatch watch : zones) {
            if (state.overcrowded().contains(watch.zone().name())) {
                watch.restoreOvercrowded();
            }
        }
    }

    private CountedObject restored(SubjectState state) {
        @Nullable LineCrossing[] passages = new LineCrossing[wires.size()];
        for (PassageState passage : state.lines()) {
            for (int i = 0; i < passages.length; i++) {
                if (wires.get(i).key().equals(passage.line())) {
                    passages[i] = new LineCrossing(wires.get(i), passage);
                }
            }
        }
        ZonePresence[] stays = newStays();
        for (StayState stay : state.zones()) {
            for (int i = 0; i < stays.length; i++) {
                if (zones.get(i).zone().name().equals(stay.zone())) {
                    stays[i].restore(stay.seconds(), stay.loitering());
                    change(zones.get(i), state.label(), 1);
                }
            }
        }
        CountedObject subject = new CountedObject(state.track(), state.label(), passages, stays);
        subject.reported(state.unseen(), state.patience());
        subject.seen(state.x(), state.y(), state.height(), state.standing());
        return subject;
    }
}
