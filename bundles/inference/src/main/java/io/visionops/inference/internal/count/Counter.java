package io.visionops.inference.internal.count;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Point;
import io.visionops.api.journal.Event;
import io.visionops.inference.internal.count.CounterState.SubjectState;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.inference.internal.track.Track;
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

/**
 * Counts at the lines and in the zones of one camera: knows the objects that are under way, and
 * takes each of them to the {@link LineCounter} and the {@link ZoneCounter}. Used by one thread.
 *
 * <p>Objects count by where they stand, the bottom centre of their box, and only where they were
 * really seen: a path through a place out of sight is the straight way from where the object was
 * last seen to where it was found again.
 */
public final class Counter {

    private final DetectionSettings settings;
    private final double aspect;
    private final LineCounter lines;
    private final ZoneCounter zones;
    private final Map<Long, CountedObject> subjects = new HashMap<>();
    private final Standing standing = new Standing();
    private final List<Event> events = new ArrayList<>();

    /**
     * @param camera whose events are made
     * @param settings lines, zones, objects and the score that count
     * @param aspect width by height of the picture in pixels
     * @param ids makes the ids of events
     */
    public Counter(String camera, DetectionSettings settings, double aspect, Supplier<UUID> ids) {
        this.settings = settings;
        this.aspect = aspect;
        CountEvents made = new CountEvents(camera, ids);
        this.lines = new LineCounter(settings.lines(), aspect, made);
        this.zones = new ZoneCounter(settings.zones(), aspect, made);
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
        zones.watchCrowds(time, events);
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
        subject.seen(x, box.y2(), box.height(), track.stationary());
        lines.seen(subject, track, time, events);
        zones.seen(subject, track, time, events);
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
        CountedObject subject =
                new CountedObject(
                        track.id(),
                        track.label(),
                        lines.begin(x, origin.y(), before),
                        zones.begin());
        before.ifPresent(subject::appearedAt);
        return subject;
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
            lines.vanished(subject, time, events);
            standing.forget(subject);
            zones.vanished(subject, time, events);
        }
    }

    /**
     * How many stand in the zones since the last update: every zone with every label that was seen
     * in it, 0 included. The same list as long as nothing changes.
     */
    public List<ZoneCount> occupancy() {
        return zones.occupancy();
    }

    /** What it knows now. */
    public CounterState save() {
        return new CounterState(
                CounterState.VERSION,
                states(subjects.values()),
                zones.overcrowded(),
                states(standing.all()));
    }

    private List<SubjectState> states(Collection<CountedObject> all) {
        List<SubjectState> states = new ArrayList<>(all.size());
        for (CountedObject subject : all) {
            states.add(subject.save(zones.save(subject)));
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
        zones.restoreOvercrowded(state.overcrowded());
    }

    private CountedObject restored(SubjectState state) {
        CountedObject subject =
                new CountedObject(
                        state.track(),
                        state.label(),
                        lines.restore(state.lines()),
                        zones.restore(state.zones(), state.label()));
        subject.reported(state.unseen(), state.patience());
        subject.seen(state.x(), state.y(), state.height(), state.standing());
        return subject;
    }
}
