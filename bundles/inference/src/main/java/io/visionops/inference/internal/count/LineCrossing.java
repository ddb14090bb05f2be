package io.visionops.inference.internal.count;

import io.visionops.api.journal.Event.Direction;
import io.visionops.inference.internal.count.CounterState.PassageState;
import org.jspecify.annotations.Nullable;

/**
 * The path of one object at one line. It has crossed when it was first seen, or was clear of the
 * line, on one side, is clear of it on the other, and its path last met the line between its ends.
 * Clear means farther than a dead band, so that whoever stands on the line and sways is counted
 * once, when it goes on, and not at all when it turns back. Whoever vanishes before it is clear has
 * not crossed.
 *
 * <p>Who has just crossed and has not left the line's neighbourhood yet crosses back only by going
 * through all of it, or by vanishing on the other side: one who paces up and down over the line has
 * crossed once.
 */
final class LineCrossing {

    /**
     * Half the dead band, as a share of the object's height: 0.1 of a person is 17 cm. Detected
     * boxes sway by half of that.
     */
    static final double BAND = 0.1;

    /** Half the neighbourhood, likewise: a step of a person to each side. */
    static final double NEIGHBOURHOOD = 0.5;

    private final Tripwire wire;

    /** The side on which it was first seen or clear last: -1 left, 1 right, 0 on the line. */
    private int side;

    /** The path met the line between its ends when it last changed sides. */
    private boolean through;

    /** The side to which it has crossed, while it is in the neighbourhood; 0 otherwise. */
    private int crossedTo;

    private double x;
    private double y;
    private double right;

    LineCrossing(Tripwire wire, double x, double y) {
        this.wire = wire;
        this.x = x;
        this.y = y;
        this.right = wire.right(x, y);
        this.side = sideOf(right, 0);
    }

    /**
     * @param state of a path at the same line
     */
    LineCrossing(Tripwire wire, PassageState state) {
        this.wire = wire;
        x = state.x();
        y = state.y();
        right = wire.right(x, y);
        side = state.side();
        through = state.through();
        crossedTo = state.crossedTo();
    }

    /**
     * Goes on to the next place, in picture heights.
     *
     * @param height of the object; the line is longer by the dead band, too
     * @return the direction when this completes a crossing
     */
    @Nullable Direction go(double nextX, double nextY, double height) {
        double band = BAND * height;
        double next = wire.right(nextX, nextY);
        if (next > 0 != right > 0) {
            double share = right / (right - next);
            through = wire.holds(x + share * (nextX - x), y + share * (nextY - y), band);
        }
        x = nextX;
        y = nextY;
        right = next;
        double far = NEIGHBOURHOOD * height;
        if (crossedTo * next > far) {
            crossedTo = 0;
        }
        return clear(sideOf(next, crossedTo * next < 0 ? far : band));
    }

    /** It is not seen any more: where it was last is where it has gone. */
    @Nullable Direction vanish(double height) {
        return crossedTo * right < 0 ? clear(sideOf(right, BAND * height)) : null;
    }

    private @Nullable Direction clear(int now) {
        if (now == 0 || now == side) {
            return null;
        }
        boolean crossed = side != 0 && through;
        side = now;
        crossedTo = crossed ? now : 0;
        if (!crossed) {
            return null;
        }
        return now > 0 ? Direction.IN : Direction.OUT;
    }

    private static int sideOf(double right, double band) {
        return Math.abs(right) <= band ? 0 : (int) Math.signum(right);
    }

    PassageState save() {
        return new PassageState(wire.key(), side, through, x, y, crossedTo);
    }
}
