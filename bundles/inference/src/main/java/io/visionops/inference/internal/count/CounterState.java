package io.visionops.inference.internal.count;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a counter knows of the objects under way, as a document: its record components are the JSON
 * fields. Lines and zones are named, so that a state survives a change of settings. Places are in
 * picture heights, times in seconds. What older documents of this version do not have is 0 or
 * empty.
 *
 * @param version of this form, 1
 * @param overcrowded zones that were reported as such and still are
 * @param waiting objects that stood still when they were lost, and may go on
 */
public record CounterState(
        int version,
        List<SubjectState> subjects,
        List<String> overcrowded,
        @Nullable List<SubjectState> waiting) {

    public static final int VERSION = 1;

    public CounterState {
        subjects = List.copyOf(subjects);
        overcrowded = List.copyOf(overcrowded);
        waiting = waiting == null ? List.of() : List.copyOf(waiting);
    }

    /**
     * One object.
     *
     * @param unseen since it was last reported
     * @param patience how long it may stay unseen
     * @param standing it stood still when it was seen last
     * @param x where it was last
     * @param y likewise
     * @param height of it then
     */
    public record SubjectState(
            long track,
            String label,
            double unseen,
            double patience,
            List<PassageState> lines,
            List<StayState> zones,
            boolean standing,
            double x,
            double y,
            double height) {

        public SubjectState {
            lines = List.copyOf(lines);
            zones = List.copyOf(zones);
        }
    }

    /**
     * Where an object was at a line; see {@link LineCrossing}.
     *
     * @param line its name and ends
     * @param crossedTo the side to which it has crossed a moment ago; 0: none
     */
    public record PassageState(
            String line, int side, boolean through, double x, double y, int crossedTo) {}

    /** An object in a zone. */
    public record StayState(String zone, double seconds, boolean loitering) {}
}
