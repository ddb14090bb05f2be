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
 */
final class Passage {

    private final Tripwire wire;

    /** The side on which it was first seen or clear last: -1 left, 1 right, 0 on the line. */
    private int side;

    /** The path met the line between its ends when it last changed sides. */
    private boolean through;

    private double x;
    private double y;
    private double right;

    Passage(Tripwire wire, double x, double y) {
        this.wire = wire;
        this.x = x;
        this.y = y;
        this.right = wire.right(x, y);
        this.side = sideOf(right, 0);
    }

    /**
     * @param state of a path at the same line
     */
    Passage(Tripwire wire, PassageState state) {
        this.wire = wire;
        x = state.x();
        y = state.y();
        right = wire.right(x, y);
        side = state.side();
        through = state.through();
    }

    /**
     * Goes on to the next place, in picture heights.
     *
     * @param band half the width of the dead band; the line is that much longer, too
     * @return the direction when this completes a crossing
     */
    @Nullable Direction go(double nextX, double nextY, double band) {
        double next = wire.right(nextX, nextY);
        if (next > 0 != right > 0) {
            double share = right / (right - next);
            through = wire.holds(x + share * (nextX - x), y + share * (nextY - y), band);
        }
        x = nextX;
        y = nextY;
        right = next;
        int now = sideOf(next, band);
        if (now == 0 || now == side) {
            return null;
        }
        boolean crossed = side != 0 && through;
        side = now;
        if (!crossed) {
            return null;
        }
        return now > 0 ? Direction.IN : Direction.OUT;
    }

    private static int sideOf(double right, double band) {
        return Math.abs(right) <= band ? 0 : (int) Math.signum(right);
    }

    PassageState save() {
        return new PassageState(wire.key(), side, through, x, y);
    }
}
