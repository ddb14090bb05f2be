package io.visionops.ingest.internal.tamper;

import java.util.Optional;

/**
 * Learns what a camera's pictures are usually like: the average of the first {@value #FIRST} good
 * looks, which then follows the daylight slowly. Used by one thread.
 */
final class Learning {

    /** Looks that make the first view. */
    static final int FIRST = 30;

    /** Share of a look when the view is as usual, and when it is not: half an hour, six hours. */
    private static final float FOLLOW = 1 / 1800f;

    private static final float FOLLOW_STRANGE = 1 / 21_600f;

    /** Sharper pictures are the better measure; dull ones may be the beginning of a fault. */
    private static final double SHARPER = 1 / 600.0;

    private static final double DULLER = 1 / 86_400.0;

    private EdgeMap directions = new EdgeMap(0, 0);
    private double sharpness;
    private double steps;
    private double contrast;
    private int looks;
    private int sharpLooks;

    /** Goes on with what was learned before. */
    void use(ReferenceView known) {
        directions = known.directions().copy();
        sharpness = known.sharpness();
        steps = known.steps();
        contrast = known.contrast();
        looks = FIRST;
        sharpLooks = sharpness > 0 ? FIRST : 0;
    }

    void forget() {
        looks = 0;
        sharpLooks = 0;
        sharpness = 0;
        steps = 0;
        contrast = 0;
    }

    boolean isDone() {
        return looks >= FIRST;
    }

    /**
     * Takes in a look at a picture with which nothing is wrong.
     *
     * @param sharp steepness of edges, NaN when it cannot be judged
     * @param asUsual whether the view is where it used to be
     */
    void add(Cells cells, double sharp, Structure structure, boolean asUsual) {
        if (!directions.fits(cells)) {
            directions = new EdgeMap(cells.columns(), cells.rows());
            forget();
        }
        if (looks < FIRST) {
            looks++;
        }
        float share = asUsual ? FOLLOW : FOLLOW_STRANGE;
        share = isDone() ? share : 1f / looks;
        directions.approach(cells.even(), cells.odd(), share);
        steps += share * (structure.steps() - steps);
        contrast += share * (structure.contrast() - contrast);
        if (!Double.isNaN(sharp)) {
            learn(sharp);
        }
    }

    private void learn(double sharp) {
        if (sharpLooks < FIRST) {
            sharpLooks++;
            sharpness += (sharp - sharpness) / sharpLooks;
        } else {
            sharpness += (sharp > sharpness ? SHARPER : DULLER) * (sharp - sharpness);
        }
    }

    EdgeMap directions() {
        return directions;
    }

    /** 0 while it is not known. */
    double sharpness() {
        return sharpLooks < FIRST ? 0 : sharpness;
    }

    double steps() {
        return steps;
    }

    double contrast() {
        return contrast;
    }

    /** A copy of what is known so far; empty while the first view is being learned. */
    Optional<ReferenceView> usual() {
        return isDone()
                ? Optional.of(new ReferenceView(directions.copy(), sharpness(), steps, contrast))
                : Optional.empty();
    }
}
