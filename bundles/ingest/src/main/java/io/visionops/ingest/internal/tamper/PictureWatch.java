package io.visionops.ingest.internal.tamper;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.PictureLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
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

    private static final long KEEP = 600 * SECOND;

    private final Consumer<Optional<ReferenceView>> keeper;
    private final Luma luma = new Luma();
    private final Cells cells = new Cells();
    private final Structure structure = new Structure();
    private final Learning learning = new Learning();
    private final FreezeFault frozen = new FreezeFault();
    private final DarknessFault dark = new DarknessFault();
    private final BlurFault blurred = new BlurFault();
    private final DisplacementFault moved = new DisplacementFault();
    private long lookedAt;
    private long keptAt;
    private long due;
    private boolean started;
    private boolean lit;
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
            Optional<Duration> limit = limits.freeze();
            if (lit && frozen.isDue(nanos, limit)) {
                luma.readRows(i420, width, height);
                glance(nanos, limit);
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
            case FROZEN -> frozen.since();
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
        keeper.accept(Optional.empty());
        present = fault();
    }

    private void judge(long nanos, long elapsed) {
        PictureLimits now = limits;
        Evidence darkness = dark.look(structure, learning, elapsed, now.dark());
        lit = darkness != Evidence.FOR;
        if (!lit) {
            frozen.forget();
            return;
        }
        if (frozen.isDue(nanos, now.freeze())) {
            glance(nanos, now.freeze());
        }
        Evidence still = frozen.look(luma, nanos, elapsed, now.freeze());
        if (still == Evidence.FOR || dark.isFault() || frozen.isFault()) {
            return;
        }
        Evidence blur = blurred.look(luma, structure, learning);
        Evidence view = moved.look(cells, structure, learning, blur, nanos, now.moved());
        blurred.weigh(view == Evidence.FOR ? Evidence.NONE : blur, elapsed, now.blur());
        boolean well = blur != Evidence.FOR && view != Evidence.FOR;
        if (well && !blurred.isFault() && !moved.isFault()) {
            learn(view, nanos);
        }
    }

    private void glance(long nanos, Optional<Duration> limit) {
        if (frozen.glance(luma, nanos, limit)) {
            present = fault();
        }
    }

    private void learn(Evidence view, long nanos) {
        boolean first = !learning.isDone();
        learning.add(cells, blurred.sharpness(), structure, view == Evidence.AGAINST);
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
            case BLURRED -> blurred.words(learning);
            default -> moved.words(cells);
        };
    }
}
