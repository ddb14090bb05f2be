package io.visionops.ingest.internal.tamper;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the camera looks elsewhere than it usually does: what was seen in the last seconds is
 * compared with the usual view, every few looks. Used by one thread.
 */
final class DisplacementFault {

    /** Nanoseconds of evidence until it is over. */
    private static final long RECOVERY = 10_000_000_000L;

    /** Views are compared every so many looks. */
    private static final int COMPARED = 4;

    /** Evidence from so many nanoseconds between two comparisons counts no longer. */
    private static final long LONGEST = 10_000_000_000L;

    /** Of the limit: views are compared rarely, and not every comparison is clear. */
    private static final double SHARE = 0.55;

    /** Share of the blocks of the view. */
    private static final double GONE = 0.3;

    private static final int LEAST_GONE = 3;
    private static final double STAYED = 0.5;
    private static final double LEFT = 0.1;
    private static final int LEAST_LEFT = 6;

    /** Share of what is usually to be seen, so that the night is not taken for another view. */
    private static final double LIKE_DAY = 0.5;

    /** Of a look in the view of the last seconds, from which what passes by has faded. */
    private static final float RECENT = 0.25f;

    private final Displacement displacement = new Displacement();
    private final Debouncer moved = new Debouncer(RECOVERY);
    private EdgeMap recent = new EdgeMap(0, 0);
    private Evidence view = Evidence.NONE;
    private long comparedAt;
    private int looks;

    /**
     * @param blur whether the picture is blurred, which takes edges away
     * @param limit empty: nobody wants to know
     * @return what the last comparison has found
     */
    Evidence look(
            Cells cells,
            Structure structure,
            Learning learning,
            Evidence blur,
            long nanos,
            Optional<Duration> limit) {
        follow(cells);
        if (learning.isDone() && ++looks % COMPARED == 0) {
            view = compare(cells, structure, learning, blur);
            moved.weigh(view, Math.min(LONGEST, nanos - comparedAt), limit, SHARE);
            comparedAt = nanos;
        }
        return view;
    }

    private void follow(Cells cells) {
        if (!recent.fits(cells)) {
            recent = new EdgeMap(cells.columns(), cells.rows());
            recent.approach(cells.even(), cells.odd(), 1);
        }
        recent.approach(cells.even(), cells.odd(), RECENT);
    }

    private Evidence compare(Cells cells, Structure structure, Learning learning, Evidence blur) {
        if (!learning.directions().fits(cells)) {
            return Evidence.NONE;
        }
        displacement.compare(learning.directions(), recent);
        int judged = displacement.judged();
        int together = displacement.together();
        boolean gone = together >= LEAST_GONE && together >= GONE * judged;
        boolean left =
                judged >= LEAST_LEFT
                        && displacement.inPlace() <= LEFT * judged
                        && structure.steps() >= LIKE_DAY * learning.steps()
                        && blur != Evidence.FOR;
        if (gone || left) {
            return Evidence.FOR;
        }
        boolean stayed = judged > 0 && displacement.inPlace() >= STAYED * judged;
        return stayed ? Evidence.AGAINST : Evidence.NONE;
    }

    /** By how much, for a person. */
    String words(Cells cells) {
        return displacement.together() < LEAST_GONE
                ? "nothing is where it used to be"
                : String.format(
                        Locale.ROOT,
                        "by %.0f %% of the width and %.0f %% of the height",
                        100 * Math.abs(displacement.shiftX()) / cells.columns(),
                        100 * Math.abs(displacement.shiftY()) / cells.rows());
    }

    boolean isFault() {
        return moved.isFault();
    }

    /** For how many nanoseconds there had been evidence when it began. */
    long age() {
        return moved.age();
    }

    /** It looks elsewhere until there is evidence against it. */
    void assume() {
        moved.assume();
    }

    /** Another view is the usual one from now on. */
    void forget() {
        moved.forget();
        view = Evidence.NONE;
    }
}
