package io.visionops.ingest.internal.tamper;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.PictureLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Watches one camera's pictures for what is wrong with them. Once a second it looks at one, for
 * less than a millisecond and without allocating anything, and up to five times a second whether
 * one repeats another; the others cost a comparison. {@link #look} belongs to one thread, the rest
 * to any.
 */
public final class PictureWatch {

    private static final long SECOND = 1_000_000_000L;

    /** Evidence from so long a gap between two looks counts no longer. */
    private static final long LONGEST = 5 * SECOND;

    /** Views are compared every so many looks. */
    private static final int COMPARED = 4;

    /** Of the limit: what is left is for the smoothing before and for frames that come late. */
    private static final double SMOOTHED = 0.75;

    /** Likewise; views are compared less often, and not every comparison is clear. */
    private static final double COMPARED_SHARE = 0.55;

    /** Of the limit: a comparison that spans six tenths must hold for so long. */
    private static final double STILL = 0.15;

    /** For what is seen of it while it is off. */
    private static final Duration FREEZE = Duration.ofSeconds(10);

    /** Twice, four times, at most six times the limit. */
    private static final int MOST_PATIENCE = 6;

    private static final double DARK = 0.8;

    /** Share of cells with something to see, and of cells that are lit, below which it is dark. */
    private static final double NOTHING = 0.01;

    private static final double SOMETHING = 0.02;

    /** A view that usually has this much to see and has nothing now is covered, dark or not. */
    private static final double RICH = 0.05;

    /** Of the usual sharpness. */
    private static final double BLURRED = 0.6;

    private static final double SHARP = 0.7;

    /** Of the usual contrast of large areas. */
    private static final double MELTED = 0.7;

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

    private static final long KEEP = 600 * SECOND;

    private final Consumer<Optional<ReferenceView>> keeper;
    private final Luma luma = new Luma();
    private final Cells cells = new Cells();
    private final Structure structure = new Structure();
    private final FreezeDetector stillness = new FreezeDetector();
    private final Sharpness sharpness = new Sharpness();
    private final Displacement displacement = new Displacement();
    private final Learning learning = new Learning();
    private final Debouncer frozen = new Debouncer(6 * SECOND);
    private final Debouncer dark = new Debouncer(2 * SECOND);
    private final Debouncer blurred = new Debouncer(10 * SECOND);
    private final Debouncer moved = new Debouncer(10 * SECOND);
    private EdgeMap recent = new EdgeMap(0, 0);
    private Evidence view = Evidence.NONE;
    private long lookedAt;
    private long comparedAt;
    private long keptAt;
    private long due;
    private boolean started;
    private boolean lit;
    private long frozenAt;
    private int patience = 1;
    private int looks;
    private Optional<Fault> present = Optional.empty();
    private OptionalLong since = OptionalLong.empty();

    private volatile PictureLimits limits;
    private volatile boolean accepted;

    /**
     * @param known what the pictures were like before; empty: to be learned
     * @param keeper is given what has been learned from time to time, to be kept for the next time,
     *     and nothing when what was kept is no longer true; must not block
     */
    public PictureWatch(
            PictureLimits limits,
            Optional<ReferenceView> known,
            Consumer<Optional<ReferenceView>> keeper) {
        this.limits = limits;
        this.keeper = keeper;
        known.ifPresent(learning::use);
    }

    /**
     * Before the first picture: what was wrong when somebody else stopped looking. It is over when
     * the pictures say so. Without the view from before nothing could say so of some faults.
     */
    public void goOnWith(Fault fault) {
        boolean judgeable = learning.isDone();
        switch (fault.cause()) {
            case FROZEN -> frozen.assume();
            case BLACK -> dark.assume();
            case BLURRED -> {
                if (judgeable) {
                    blurred.assume();
                }
            }
            case MOVED -> {
                if (judgeable) {
                    moved.assume();
                }
            }
            default -> throw new IllegalArgumentException(fault.cause() + " is not of a picture");
        }
        present = Optional.of(fault);
        present = fault();
    }

    /** Other limits hold from now on. */
    public void limit(PictureLimits other) {
        limits = other;
    }

    /** The view is right as it is now: it is learned anew. */
    public void acceptView() {
        accepted = true;
    }

    /**
     * Looks at a picture, if it is time to.
     *
     * @param i420 planar YUV 4:2:0 from index 0, not changed
     * @param nanos when it came, monotonic
     * @return what is wrong with the pictures at present
     */
    public Optional<Fault> look(ByteBuffer i420, int width, int height, long nanos) {
        if (accepted) {
            acceptNow();
        }
        if (started && nanos - due < 0 && due - nanos <= SECOND) {
            if (lit && limits.freeze().isPresent() && stillness.isDue(nanos, patient(limits))) {
                luma.readRows(i420, width, height);
                glance(nanos, patient(limits));
            }
            return present;
        }
        long elapsed = started ? Math.max(0, Math.min(LONGEST, nanos - lookedAt)) : 0;
        // On a fixed beat: what repeats with the codec's rhythm is seen at the same point of it.
        due = started && nanos - due < SECOND && nanos >= due ? due + SECOND : nanos + SECOND;
        lookedAt = nanos;
        started = true;
        luma.read(i420, width, height);
        cells.look(luma);
        structure.look(cells);
        judge(nanos, elapsed);
        Optional<Fault> before = present;
        present = fault();
        if (!present.equals(before)) {
            since =
                    present.isEmpty()
                            ? OptionalLong.empty()
                            : OptionalLong.of(beginning(present.get().cause(), nanos));
        }
        return present;
    }

    /**
     * By the time of the pictures, when what is wrong at present began; empty when that is not
     * known, since somebody else found it.
     */
    public OptionalLong since() {
        return since;
    }

    private long beginning(Cause cause, long nanos) {
        return switch (cause) {
            case FROZEN -> stillness.since();
            case BLACK -> nanos - dark.age();
            case BLURRED -> nanos - blurred.age();
            default -> nanos - moved.age();
        };
    }

    private void acceptNow() {
        accepted = false;
        learning.forget();
        moved.forget();
        blurred.forget();
        view = Evidence.NONE;
        keeper.accept(Optional.empty());
        present = fault();
    }

    private void judge(long nanos, long elapsed) {
        PictureLimits now = limits;
        Evidence darkness = darkness();
        lit = darkness != Evidence.FOR;
        weigh(dark, darkness, elapsed, now.dark(), DARK);
        if (darkness == Evidence.FOR) {
            // Nothing to see looks the same all the time.
            stillness.forget();
            frozen.forget();
            return;
        }
        Evidence still = still(now, nanos, elapsed);
        if (still == Evidence.FOR || dark.isFault() || frozen.isFault()) {
            return;
        }
        boolean judged = sharpness.look(luma);
        follow();
        Evidence blur = blur(judged);
        if (learning.isDone() && ++looks % COMPARED == 0) {
            compare(blur);
            weigh(
                    moved,
                    view,
                    Math.min(2 * LONGEST, nanos - comparedAt),
                    now.moved(),
                    COMPARED_SHARE);
            comparedAt = nanos;
        }
        blur = view == Evidence.FOR ? Evidence.NONE : blur;
        weigh(blurred, blur, elapsed, now.blur(), SMOOTHED);
        if (blur != Evidence.FOR
                && view != Evidence.FOR
                && !blurred.isFault()
                && !moved.isFault()) {
            learn(judged, nanos);
        }
    }

    /**
     * A freeze that soon ends by itself was none, most likely, but a codec that repeats pictures
     * until its next key frame: such a camera is given more time from then on, best before it was
     * taken for one.
     */
    private Evidence still(PictureLimits now, long nanos, long elapsed) {
        long limit = patient(now);
        if (now.freeze().isPresent() && stillness.isDue(nanos, limit)) {
            glance(nanos, limit);
        }
        Evidence still = stillness.look(luma, nanos, limit);
        boolean before = frozen.isFault();
        weigh(frozen, still, elapsed, now.freeze().map(unused -> Duration.ofNanos(limit)), STILL);
        if (now.freeze().isPresent() && stillness.isCertain(nanos, limit)) {
            frozen.assume();
        }
        boolean endedSoon = before && nanos - frozenAt < 2 * limit;
        if (!before && frozen.isFault()) {
            frozenAt = nanos;
        } else if (!frozen.isFault() && (endedSoon || !before && stillness.hasQuietEnded())) {
            patience = Math.min(MOST_PATIENCE, 2 * patience);
        }
        return still;
    }

    private long patient(PictureLimits now) {
        return now.freeze().orElse(FREEZE).multipliedBy(patience).toNanos();
    }

    private void glance(long nanos, long limit) {
        if (stillness.glance(luma, nanos, limit) && !frozen.isFault()) {
            frozen.assume();
            frozenAt = nanos;
            present = fault();
        }
    }

    private static void weigh(
            Debouncer hold,
            Evidence evidence,
            long elapsed,
            Optional<Duration> limit,
            double share) {
        if (limit.isEmpty()) {
            hold.forget();
        } else {
            hold.weigh(evidence, elapsed, (long) (share * limit.get().toNanos()));
        }
    }

    private Evidence darkness() {
        double steps = structure.steps();
        boolean unlit = structure.lit() < NOTHING;
        boolean covered = learning.isDone() && learning.steps() >= RICH;
        if (steps < NOTHING && (unlit || covered)) {
            return Evidence.FOR;
        }
        return steps > SOMETHING || structure.lit() > SOMETHING ? Evidence.AGAINST : Evidence.NONE;
    }

    private void follow() {
        if (!recent.fits(cells)) {
            recent = new EdgeMap(cells.columns(), cells.rows());
            recent.approach(cells.even(), cells.odd(), 1);
        }
        recent.approach(cells.even(), cells.odd(), RECENT);
    }

    private Evidence blur(boolean judged) {
        double usual = learning.sharpness();
        if (usual <= 0) {
            return Evidence.NONE;
        }
        if (!judged) {
            // No edges are left, but bright and dark are: fog and night would have taken them too.
            boolean melted = structure.contrast() >= MELTED * learning.contrast();
            return melted && sharpness.isQuiet() ? Evidence.FOR : Evidence.NONE;
        }
        double share = sharpness.now() / usual;
        return share < BLURRED ? Evidence.FOR : share > SHARP ? Evidence.AGAINST : Evidence.NONE;
    }

    private void compare(Evidence blur) {
        view = Evidence.NONE;
        if (!learning.directions().fits(cells)) {
            return;
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
            view = Evidence.FOR;
        } else if (judged > 0 && displacement.inPlace() >= STAYED * judged) {
            view = Evidence.AGAINST;
        }
    }

    private void learn(boolean judged, long nanos) {
        boolean first = !learning.isDone();
        learning.add(
                cells, judged ? sharpness.now() : Double.NaN, structure, view == Evidence.AGAINST);
        if (learning.isDone() && (first || nanos - keptAt >= KEEP)) {
            keptAt = nanos;
            keeper.accept(learning.usual());
        }
    }

    /** The words are made when the fault begins and stay as they are. */
    private Optional<Fault> fault() {
        Cause cause;
        if (dark.isFault()) {
            cause = Cause.BLACK;
        } else if (frozen.isFault()) {
            cause = Cause.FROZEN;
        } else if (moved.isFault()) {
            cause = Cause.MOVED;
        } else if (blurred.isFault()) {
            cause = Cause.BLURRED;
        } else {
            return Optional.empty();
        }
        return present.isPresent() && present.get().cause() == cause
                ? present
                : Optional.of(new Fault(cause, words(cause)));
    }

    private String words(Cause cause) {
        return switch (cause) {
            case BLACK -> "there is nothing to see in it";
            case FROZEN -> "frames come, but all show the same";
            case BLURRED ->
                    String.format(
                            Locale.ROOT,
                            "%.0f %% as sharp as usual",
                            100
                                    * sharpness.now()
                                    / Math.max(learning.sharpness(), Double.MIN_NORMAL));
            default ->
                    displacement.together() < LEAST_GONE
                            ? "nothing is where it used to be"
                            : String.format(
                                    Locale.ROOT,
                                    "by %.0f %% of the width and %.0f %% of the height",
                                    100 * Math.abs(displacement.shiftX()) / cells.columns(),
                                    100 * Math.abs(displacement.shiftY()) / cells.rows());
        };
    }
}
