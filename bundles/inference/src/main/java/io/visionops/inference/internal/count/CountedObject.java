package io.visionops.inference.internal.count;

import io.visionops.api.journal.Event.Direction;
import io.visionops.inference.internal.count.CounterState.PassageState;
import io.visionops.inference.internal.count.CounterState.StayState;
import io.visionops.inference.internal.count.CounterState.SubjectState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One object that is counted: its paths at the lines and its stays in the zones. */
final class CountedObject {

    /** How far from a place it is still there, in heights. */
    private static final double PLACE = 0.15;

    private final long track;
    private final String label;
    private final @Nullable LineCrossing[] passages;
    private final ZonePresence[] stays;
    private double unseen;
    private double patience;
    private boolean standing;

    /** Where it stands, while it does. */
    private double placeX;

    private double placeY;

    private double x;
    private double y;
    private double height;

    /** Somebody has gone on from its place: what is still seen there is not an object any more. */
    private boolean left;

    CountedObject(
            long track, String label, @Nullable LineCrossing[] passages, ZonePresence[] stays) {
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
     * It is seen in a place, in picture heights.
     *
     * @param still it has not left it for a while
     */
    void seen(double nextX, double nextY, double nextHeight, boolean still) {
        x = nextX;
        y = nextY;
        height = nextHeight;
        if (still) {
            standAt(x, y);
        } else if (Math.hypot(x - placeX, y - placeY) > PLACE * height) {
            standing = false;
        }
    }

    private void standAt(double atX, double atY) {
        standing = true;
        placeX = atX;
        placeY = atY;
    }

    /**
     * It appeared where another one stood. While it does not leave that place it may be what that
     * one left there, and somebody who appears beside it the one who goes on.
     */
    void appearedAt(CountedObject former) {
        standAt(former.x, former.y);
    }

    /**
     * Goes on to where it is now at a line; at a line that is new, it begins there.
     *
     * @param line by its place among the lines
     * @return the direction when this completes a crossing
     */
    @Nullable Direction go(int line, Tripwire wire) {
        LineCrossing passage = passages[line];
        if (passage == null) {
            passages[line] = new LineCrossing(wire, x, y);
            return null;
        }
        return passage.go(x, y, height);
    }

    /**
     * Goes on to where it is now in, or outside of, a zone.
     *
     * @param zone by its place among the zones
     * @return true when it has entered or left
     */
    boolean stand(int zone, Area area) {
        return stays[zone].go(area, x, y, LineCrossing.BAND * height);
    }

    /** It is not seen any more; returns the direction when that completes a crossing of a line. */
    @Nullable Direction vanish(int line) {
        LineCrossing passage = passages[line];
        return passage == null ? null : passage.vanish(height);
    }

    /** It stood still when it was seen last, and nobody has gone on from there. */
    boolean isStanding() {
        return standing && !left;
    }

    boolean isUnseen() {
        return unseen > 0;
    }

    double unseen() {
        return unseen;
    }

    /**
     * How far away from where it was last, in its heights, an object of another height stands;
     * infinite when they cannot be the same.
     */
    double apart(double otherX, double otherY, double otherHeight) {
        boolean alike = otherHeight < 2 * height && height < 2 * otherHeight;
        return alike ? Math.hypot(otherX - x, otherY - y) / height : Double.POSITIVE_INFINITY;
    }

    /** Somebody goes on from here; returns his paths, which begin with those of this one. */
    @Nullable LineCrossing[] leave(List<Tripwire> wires) {
        left = true;
        @Nullable LineCrossing[] paths = new LineCrossing[passages.length];
        for (int i = 0; i < paths.length; i++) {
            LineCrossing passage = passages[i];
            paths[i] = passage == null ? null : new LineCrossing(wires.get(i), passage.save());
        }
        return paths;
    }

    /** In the order of the zones. */
    ZonePresence stay(int zone) {
        return stays[zone];
    }

    void pass(double seconds) {
        unseen += seconds;
        for (ZonePresence stay : stays) {
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

    /**
     * @param zones that it is in
     */
    SubjectState save(List<StayState> zones) {
        List<PassageState> lines = new ArrayList<>(passages.length);
        for (@Nullable LineCrossing passage : passages) {
            if (passage != null) {
                lines.add(passage.save());
            }
        }
        return new SubjectState(
                track, label, unseen, patience, lines, zones, isStanding(), x, y, height);
    }
}
