package io.visionops.inference.internal.count;

import java.util.List;

/**
 * What a counter knows of the objects under way, as a document: its record components are the JSON
 * fields. Lines and zones are named, so that a state survives a change of settings. Places are in
 * picture heights, times in seconds.
 *
 * @param version of this form, 1
 * @param overcrowded zones that were reported as such and still are
 */
public record CounterState(int version, List<SubjectState> subjects, List<String> overcrowded) {

    public static final int VERSION = 1;

    public CounterState {
        subjects = List.copyOf(subjects);
        overcrowded = List.copyOf(overcrowded);
    }

    /**
     * One object.
     *
     * @param unseen since it was last reported
     * @param patience how long it may stay unseen
     */
    public record SubjectState(
            long track,
            String label,
            double unseen,
            double patience,
            List<PassageState> lines,
            List<StayState> zones) {

        public SubjectState {
            lines = List.copyOf(lines);
            zones = List.copyOf(zones);
        }
    }

    /**
     * Where an object was at a line; see {@link Passage}.
     *
     * @param line its name and ends
     */
    public record PassageState(String line, int side, boolean through, double x, double y) {}

    /** An object in a zone. */
    public record StayState(String zone, double seconds, boolean loitering) {}
}
