package io.visionops.inference.internal.count;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the object that a new one goes on from. Whoever stands still long enough becomes part of
 * the background of a motion detector; when he goes on, the place that he leaves looks like an
 * object for a while and keeps his identity, and he himself begins as somebody new right beside it.
 * Likewise somebody who stood still and was out of sight for longer than he is remembered. Used by
 * one thread.
 */
final class Standing {

    /** How far from the place a new object may appear, in heights of the object: a stride. */
    private static final double REACH = 0.75;

    /** For so long somebody may stand in the background, in seconds. */
    private static final double LONGEST = 900;

    private static final int MOST = 64;

    /** Those who are not remembered by the tracker any more, oldest first. */
    private final List<CountedObject> forgotten = new ArrayList<>();

    void pass(double seconds) {
        for (CountedObject subject : forgotten) {
            subject.pass(seconds);
        }
        forgotten.removeIf(subject -> subject.unseen() > LONGEST);
    }

    boolean isEmpty() {
        return forgotten.isEmpty();
    }

    /** It is not tracked any more. */
    void forget(CountedObject subject) {
        if (subject.isStanding()) {
            if (forgotten.size() >= MOST) {
                forgotten.remove(0);
            }
            forgotten.add(subject);
        }
    }

    /**
     * The nearest one that a new object may be.
     *
     * @param tracked what is tracked now
     * @param leavesTraces whether the place that an object leaves may be taken for it
     */
    Optional<CountedObject> take(
            Collection<CountedObject> tracked,
            String label,
            double x,
            double y,
            double height,
            boolean leavesTraces) {
        CountedObject nearest = nearest(forgotten, label, x, y, height, true, null);
        nearest = nearest(tracked, label, x, y, height, leavesTraces, nearest);
        if (nearest != null) {
            forgotten.remove(nearest);
        }
        return Optional.ofNullable(nearest);
    }

    private static @Nullable CountedObject nearest(
            Collection<CountedObject> among,
            String label,
            double x,
            double y,
            double height,
            boolean seenToo,
            @Nullable CountedObject best) {
        CountedObject nearest = best;
        double least = best == null ? REACH : best.apart(x, y, height);
        for (Iterator<CountedObject> all = among.iterator(); all.hasNext(); ) {
            CountedObject one = all.next();
            double apart = one.apart(x, y, height);
            boolean may = one.isStanding() && (seenToo || one.isUnseen());
            if (may && one.label().equals(label) && apart <= least) {
                nearest = one;
                least = apart;
            }
        }
        return nearest;
    }

    List<CountedObject> all() {
        return forgotten;
    }

    void restore(List<CountedObject> subjects) {
        forgotten.clear();
        forgotten.addAll(subjects);
    }
}
