package io.visionops.inference.internal.track;

import io.visionops.api.geometry.Box;
import io.visionops.inference.internal.track.TrackerState.BodyState;

/**
 * Where an object is, how large, and where it is going, in picture heights.
 *
 * <p>A box whose width or height does not fit is one that an obstacle cuts or that holds a
 * neighbour too. Then the edge that fits best to the prediction is believed, and the rest of the
 * object is where its known size puts it: the feet of someone behind a wall are below the wall.
 */
final class BoxKalmanFilter {

    /** No detector boxes smaller things; keeps variances above 0. */
    private static final double LEAST_SIZE = 1e-3;

    private final Tuning tuning;
    private final Axis x;
    private final Axis y;
    private final Extent width;
    private final Extent height;
    private double shownX;
    private double shownY;
    private double shownWidth;
    private double shownHeight;

    BoxKalmanFilter(Tuning tuning, Observation look) {
        this.tuning = tuning;
        double unit = square(Math.max(LEAST_SIZE, Math.sqrt(look.width() * look.height())));
        double variance = unit * square(tuning.position());
        double speed = unit * square(tuning.speed());
        double extent = unit * square(tuning.extent());
        x = new Axis(look.x(), variance, speed);
        y = new Axis(look.y(), variance, speed);
        width = new Extent(look.width(), extent);
        height = new Extent(look.height(), extent);
        show();
    }

    BoxKalmanFilter(Tuning tuning, BodyState state) {
        this.tuning = tuning;
        x = new Axis(state.x());
        y = new Axis(state.y());
        width = new Extent(state.width());
        height = new Extent(state.height());
        show();
    }

    double x() {
        return x.position();
    }

    double y() {
        return y.position();
    }

    /** The square root of the area. */
    double size() {
        return Math.max(LEAST_SIZE, Math.sqrt(width.length() * height.length()));
    }

    /**
     * Where it is shown: while it is seen, half way between the filter, which lags behind, and the
     * detection, which jitters.
     */
    Box box(double aspect) {
        return new Box(
                (shownX - shownWidth / 2) / aspect,
                shownY - shownHeight / 2,
                (shownX + shownWidth / 2) / aspect,
                shownY + shownHeight / 2);
    }

    /** Intersection of a detection and where it is shown, over their union. */
    double overlap(Observation look) {
        return look.overlap(shownX, shownY, shownWidth, shownHeight);
    }

    void predict(double seconds) {
        double unit = square(size());
        x.predict(seconds, tuning.agility() * unit);
        y.predict(seconds, tuning.agility() * unit);
        width.predict(tuning.growth() * unit * seconds);
        height.predict(tuning.growth() * unit * seconds);
        show();
    }

    /** It stands: no time passes for its place. */
    void rest(double seconds) {
        double speed = square(size() * tuning.speed());
        double most = square(size() * tuning.position());
        x.rest(most * seconds, most, speed);
        y.rest(most * seconds, most, speed);
        show();
    }

    void measure(Observation look) {
        double unit = square(size());
        double position = unit * square(tuning.position());
        double extent = unit * square(tuning.extent());
        boolean oddWidth = odd(width, look.width(), extent);
        boolean oddHeight = odd(height, look.height(), extent);
        double seenX = place(x, width, look.x(), look.width(), extent);
        double seenY = place(y, height, look.y(), look.height(), extent);
        // An edge tells the place half as well as a whole box does, and hardly a size.
        x.measure(seenX, oddWidth ? 4 * position : position);
        y.measure(seenY, oddHeight ? 4 * position : position);
        width.measure(look.width(), oddWidth ? 16 * extent : extent);
        height.measure(look.height(), oddHeight ? 16 * extent : extent);
        show();
        shownX = (shownX + seenX) / 2;
        shownY = (shownY + seenY) / 2;
        shownWidth = oddWidth ? shownWidth : (shownWidth + look.width()) / 2;
        shownHeight = oddHeight ? shownHeight : (shownHeight + look.height()) / 2;
    }

    private void show() {
        shownX = x.position();
        shownY = y.position();
        shownWidth = Math.max(0, width.length());
        shownHeight = Math.max(0, height.length());
    }

    /**
     * How unlikely it is that this is what was seen, in nats: the negative logarithm of the
     * probability density, against that of a well known object seen where it was expected.
     */
    double cost(Observation look) {
        double unit = square(size());
        double position = unit * square(tuning.position());
        double extent = unit * square(tuning.extent());
        double spreadX = x.spread(position);
        double spreadY = y.spread(position);
        double awayX = place(x, width, look.x(), look.width(), extent) - x.position();
        double awayY = place(y, height, look.y(), look.height(), extent) - y.position();
        double cost = (awayX * awayX / spreadX + awayY * awayY / spreadY) / 2;
        if (cost > tuning.limit()) {
            return Double.POSITIVE_INFINITY;
        }
        return cost
                + Math.log(spreadX * spreadY / (position * position)) / 2
                + Math.min(tuning.odd(), mismatch(width, look.width(), extent))
                + Math.min(tuning.odd(), mismatch(height, look.height(), extent));
    }

    private static double mismatch(Extent known, double seen, double variance) {
        return square(seen - known.length()) / known.spread(variance) / 2;
    }

    private boolean odd(Extent known, double seen, double variance) {
        return square(seen - known.length()) > square(tuning.stretch()) * known.spread(variance);
    }

    /** The centre that a box tells: its own, or the one that belongs to its better edge. */
    private double place(Axis axis, Extent known, double centre, double seen, double variance) {
        if (!odd(known, seen, variance)) {
            return centre;
        }
        double half = (seen - known.length()) / 2;
        double expected = axis.position();
        double lower = centre - half;
        double upper = centre + half;
        return Math.abs(lower - expected) < Math.abs(upper - expected) ? lower : upper;
    }

    BodyState save() {
        return new BodyState(x.save(), y.save(), width.save(), height.save());
    }

    private static double square(double value) {
        return value * value;
    }
}
