package io.visionops.ingest.internal.tamper;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Tells a picture that stands still from one in which nothing happens. Noise makes two pictures of
 * a living camera differ in nearly every part, however little happens; codecs hide that between two
 * key frames, where they may repeat a picture bit by bit, but not beyond. Times are in tenths of
 * the limit. One of these must be seen, and nothing that moves:
 *
 * <ul>
 *   <li>A picture is the same, part by part, as one of {@value #YOUNGEST} to {@value #OLDEST}
 *       tenths ago, and not all between are, or it lived before: some are if the source stands
 *       still, whatever the codec's rhythm.
 *   <li>A picture is not the same as the one before, and is the same as one of {@value #RETURNS}
 *       tenths ago or more: key frames do so as soon as the encoder is in balance.
 *   <li>Nothing but polishing happens, as {@link Refinement} tells.
 * </ul>
 *
 * A tenth of the parts may differ: a clock that is burnt in goes on while the sensor hangs. Used by
 * one thread.
 */
final class FreezeDetector {

    private static final int ACROSS = 16;
    private static final int DOWN = 12;
    private static final int PARTS = ACROSS * DOWN;

    /** Parts that may differ, for a clock and a name. */
    private static final int CLOCK = PARTS / 10;

    private static final int TENTHS = 10;

    /** Tenths of the limit without motion. */
    private static final int CALM = 5;

    private static final int YOUNGEST = 6;
    private static final int OLDEST = 10;

    /** Tenths; what is repeated sooner may still be the same group of pictures. */
    private static final int RETURNS = 3;

    /** Glances in a tenth: key frames must be among them. */
    private static final int GLANCES = 5;

    /** Of the sampled rows; a picture changes in all of a part or not at all. */
    private static final int GLANCED = 3;

    /** Tenths for which a proof holds though none follows: until key frames come again. */
    private static final int PROVEN = 20;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    /** Each is looked at for tenths that are rounded, so half a tenth more. */
    private final FingerprintHistory looks = new FingerprintHistory(OLDEST + 2, PARTS);

    private final FingerprintHistory glances =
            new FingerprintHistory(GLANCES * (OLDEST + 1), PARTS);
    private final int[] print = new int[PARTS];
    private final Refinement refinement = new Refinement();
    private final Motion motion = new Motion();
    private long movedAt;
    private boolean moved;
    private long returned;
    private long returnsSince;
    private boolean returns;
    private long proof;
    private boolean proven;
    private boolean repeats;
    private boolean quiet;
    private boolean quietEnded;

    /** The last look found it still. */
    private boolean still;

    private long since;

    /** Whether it is time for a glance. */
    boolean isDue(long nanos, long limit) {
        return glances.isEmpty()
                || (nanos - glances.newestAt()) * TENTHS * GLANCES > limit * 9 / TENTHS;
    }

    /**
     * Looks at one of the pictures that come between two looks, too.
     *
     * @param limit nanoseconds after which stillness is to be found
     * @return true when it is certain now that the source repeats itself
     */
    boolean glance(Luma luma, long nanos, long limit) {
        take(luma, GLANCED);
        boolean fresh = !glances.isEmpty() && !glances.isLikeNewest(print, PARTS / 2);
        long ago =
                fresh
                        ? glances.sameAgo(
                                print, nanos, after(RETURNS, limit), until(OLDEST, limit), CLOCK)
                        : 0;
        glances.add(print, nanos);
        if (ago == 0) {
            return false;
        }
        if (!returns || nanos - ago > returned) {
            returnsSince = nanos - ago;
        }
        returns = true;
        returned = nanos;
        boolean certain = isCalm(nanos, limit) && nanos - returnsSince >= after(YOUNGEST, limit);
        if (certain) {
            prove(nanos);
            began(returnsSince);
        }
        return certain;
    }

    /**
     * @param limit nanoseconds after which stillness is to be found
     */
    Evidence look(Luma luma, long nanos, long limit) {
        take(luma, 1);
        refinement.look(luma, nanos, limit);
        boolean moves = motion.look(luma);
        if (moves) {
            movedAt = nanos;
            moved = true;
            returns = false;
        }
        proven &= !moves && !refinement.isLiving();
        Evidence evidence = judge(nanos, limit);
        still = evidence == Evidence.FOR;
        if (looks.isEmpty() || (nanos - looks.newestAt()) * TENTHS > limit * 9 / TENTHS) {
            looks.add(print, nanos);
        }
        return evidence;
    }

    private Evidence judge(long nanos, long limit) {
        boolean wasQuiet = quiet;
        long ago = sameAgo(nanos, limit, CLOCK);
        repeats = ago > 0 && looks.hasChangedWithin(print, nanos, ago, CLOCK);
        quiet = ago > 0 && !repeats;
        quietEnded = wasQuiet && ago == 0 && movedAt != nanos;
        if (isCalm(nanos, limit)) {
            if (repeats || quiet && isAbrupt(nanos, limit)) {
                began(nanos - ago);
                return Evidence.FOR;
            }
            // A key frame in a picture that stands still is polished too, and nobody sees it live.
            if (refinement.isPolishing() && (proven || refinement.hasLived(nanos, limit))) {
                prove(nanos);
                began(nanos - after(YOUNGEST, limit));
                return Evidence.FOR;
            }
        }
        boolean comparable = looks.has(nanos, after(YOUNGEST, limit), until(OLDEST, limit));
        boolean stillProven = proven && (nanos - proof) * TENTHS < PROVEN * limit;
        return comparable && !stillProven ? Evidence.AGAINST : Evidence.NONE;
    }

    /**
     * A picture that does not change at all may be one whose noise the encoder hides until the next
     * key frame, unless it was seen to live before; and noise shows somewhere at least.
     */
    private boolean isAbrupt(long nanos, long limit) {
        return refinement.hasLived(nanos, limit) || sameAgo(nanos, limit, 0) > 0;
    }

    private long sameAgo(long nanos, long limit, int different) {
        return looks.sameAgo(print, nanos, after(YOUNGEST, limit), until(OLDEST, limit), different);
    }

    /** Whether the last look found what cannot be chance: a change that was exactly taken back. */
    boolean isCertain(long nanos, long limit) {
        return repeats && isCalm(nanos, limit);
    }

    /** Whether a picture that did not change at all for a while does again, and nothing moves. */
    boolean hasQuietEnded() {
        return quietEnded;
    }

    private void prove(long nanos) {
        proof = nanos;
        proven = true;
    }

    private void began(long nanos) {
        since = still ? Math.min(since, nanos) : nanos;
    }

    /** Since when it has stood still, as far as the pictures that are kept tell; once it does. */
    long since() {
        return since;
    }

    private boolean isCalm(long nanos, long limit) {
        return !moved || (nanos - movedAt) * TENTHS >= limit * CALM;
    }

    private static long after(int tenths, long limit) {
        return (2 * tenths - 1) * limit / (2 * TENTHS);
    }

    private static long until(int tenths, long limit) {
        return (2 * tenths + 1) * limit / (2 * TENTHS);
    }

    private void take(Luma luma, int every) {
        byte[] rows = luma.rows();
        int width = luma.width();
        Arrays.fill(print, 0);
        for (int row = 0; row < luma.rowCount(); row += every) {
            int part = row * DOWN / luma.rowCount() * ACROSS;
            int from = row * width;
            for (int column = 0; column < ACROSS; column++) {
                int end = row * width + (column + 1) * width / ACROSS;
                print[part + column] = mixed(rows, from, end, print[part + column]);
                from = end;
            }
        }
    }

    private static int mixed(byte[] rows, int from, int end, int start) {
        long hash = start;
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(rows, i)) * SPREAD;
            hash ^= hash >>> 32;
        }
        for (; i < end; i++) {
            hash = (hash ^ rows[i]) * SPREAD;
        }
        return (int) (hash ^ hash >>> 32);
    }

    /** What comes next is not compared with what was before. */
    void forget() {
        looks.forget();
        glances.forget();
        refinement.forget();
        motion.forget();
        moved = false;
        returns = false;
        proven = false;
        repeats = false;
        quiet = false;
        quietEnded = false;
        still = false;
    }
}
