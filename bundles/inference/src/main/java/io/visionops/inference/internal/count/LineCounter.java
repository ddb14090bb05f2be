package io.visionops.inference.internal.count;

import io.visionops.api.geometry.Line;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.inference.internal.count.CounterState.PassageState;
import io.visionops.inference.internal.track.Track;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one camera, and where a crossing is written: {@link LineCrossing} decides whether an
 * object has crossed, and the event of it is made here and nowhere else. Used by one thread.
 */
final class LineCounter {

    private final List<Tripwire> wires;
    private final CountEvents made;

    /**
     * @param aspect width by height of the picture in pixels
     */
    LineCounter(List<Line> lines, double aspect, CountEvents made) {
        this.wires = lines.stream().map(line -> new Tripwire(line, aspect)).toList();
        this.made = made;
    }

    /**
     * The paths of a new object, in the order of the lines. They begin at a place in picture
     * heights, or go on with those of the object that it goes on from.
     */
    @Nullable LineCrossing[] begin(double x, double y, Optional<CountedObject> former) {
        @Nullable LineCrossing[] paths =
                former.map(one -> one.leave(wires)).orElse(new LineCrossing[wires.size()]);
        for (int i = 0; i < paths.length; i++) {
            if (paths[i] == null) {
                paths[i] = new LineCrossing(wires.get(i), x, y);
            }
        }
        return paths;
    }

    /**
     * The paths of an object that a state knows, in the order of the lines. What is known of lines
     * that are no more is passed over; at a new line, there is no path yet.
     */
    @Nullable LineCrossing[] restore(List<PassageState> states) {
        @Nullable LineCrossing[] paths = new LineCrossing[wires.size()];
        for (PassageState state : states) {
            for (int i = 0; i < paths.length; i++) {
                if (wires.get(i).key().equals(state.line())) {
                    paths[i] = new LineCrossing(wires.get(i), state);
                }
            }
        }
        return paths;
    }

    /** An object is seen in its next place; each line that it has crossed now is an event. */
    void seen(CountedObject subject, Track track, Instant time, List<Event> events) {
        for (int i = 0; i < wires.size(); i++) {
            Direction direction = subject.go(i, wires.get(i));
            if (direction != null) {
                events.add(made.crossing(track, wires.get(i), direction, time));
            }
        }
    }

    /** An object is not seen any more, which may complete a crossing. */
    void vanished(CountedObject subject, Instant time, List<Event> events) {
        for (int i = 0; i < wires.size(); i++) {
            Direction direction = subject.vanish(i);
            if (direction != null) {
                events.add(made.crossed(subject, wires.get(i), direction, time));
            }
        }
    }
}
