package io.visionops.inference.internal.count;

import io.visionops.api.journal.Event.Direction;
import io.visionops.inference.internal.count.CounterState.PassageState;
import io.visionops.inference.internal.count.CounterState.StayState;
import io.visionops.inference.internal.count.CounterState.SubjectState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One object that is counted: its paths at the lines and its stays in the zones. */
final class Subject {

    private final long track;
    private final String label;
    private final @Nullable Passage[] passages;
    private final Stay[] stays;
    private double unseen;
    private double patience;

    Subject(long track, String label, @Nullable Passage[] passages, Stay[] stays) {
        this.track = track;
        this.label = label;
        this.passages = passages;
        this.stays = stays;
    }

    long track() {
        return track;
    }

    String label() {
        return label;
    }

    /**
     * Goes on to the next place at a line; at a line that is new, it begins there.
     *
     * @param line by its place among the lines
     * @return the direction when this completes a crossing
     */
    @Nullable Direction go(int line, Tripwire wire, double x, double y, double band) {
        Passage passage = passages[line];
        if (passage == null) {
            passages[line] = new Passage(wire, x, y);
            return null;
        }
        return passage.go(x, y, band);
    }

    /** In the order of the zones. */
    Stay stay(int zone) {
        return stays[zone];
    }

    void pass(double seconds) {
        unseen += seconds;
        for (Stay stay : stays) {
            stay.pass(seconds);
        }
    }

    /**
     * @param ago seconds since it was seen, 0 when it is seen now
     * @param newPatience how long it is remembered out of sight
     */
    void reported(double ago, double newPatience) {
        unseen = ago;
        patience = newPatience;
    }

    boolean forgotten() {
        return unseen > patience;
    }

    SubjectState save(List<ZoneWatch> zones) {
        List<PassageState> lines = new ArrayList<>(passages.length);
        for (@Nullable Passage passage : passages) {
            if (passage != null) {
                lines.add(passage.save());
            }
        }
        List<StayState> stayStates = new ArrayList<>();
        for (int i = 0; i < stays.length; i++) {
            if (stays[i].inside()) {
                stayStates.add(
                        new StayState(
                                zones.get(i).zone().name(),
                                stays[i].seconds(),
                                stays[i].loitering()));
            }
        }
        return new SubjectState(track, label, unseen, patience, lines, stayStates);
    }
}
