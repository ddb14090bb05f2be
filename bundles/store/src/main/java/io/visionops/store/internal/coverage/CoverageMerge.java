package io.visionops.store.internal.coverage;

import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.Coverage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings both sides of a camera's account together: time is watched when there were pictures and
 * they were looked at.
 *
 * <ul>
 *   <li>What the feed calls blind is blind, also when somebody looked at the dead picture.
 *   <li>What the feed saw and the analysis did not is blind because it was not analysed.
 *   <li>What the analysis saw without an account of the feed is watched: there was a picture.
 *   <li>What neither tells of is no part of the balance.
 * </ul>
 */
public final class CoverageMerge {

    private CoverageMerge() {}

    /**
     * Reckons the time from {@code from} to {@code to}.
     *
     * @param feed in order, without overlaps; may reach beyond the time
     * @param analysis likewise
     */
    public static Balance of(List<Span> feed, List<Span> analysis, long from, long to) {
        Balance balance = new Balance();
        int f = 0;
        int a = 0;
        long at = from;
        while (at < to) {
            f = firstAfter(feed, f, at);
            a = firstAfter(analysis, a, at);
            Span next = f < feed.size() ? feed.get(f) : null;
            boolean told = next != null && next.since() <= at;
            long change = next == null ? to : told ? next.until() : next.since();
            long end = Math.min(to, change);
            add(balance, told ? next : null, seen(analysis, a, at, end), at, end);
            at = end;
        }
        return balance;
    }

    /**
     * Adds a piece of time that is all of one account of the feed, or of none.
     *
     * @param looked milliseconds of it that were analysed
     */
    private static void add(Balance balance, @Nullable Span feed, long looked, long from, long to) {
        long length = to - from;
        if (feed == null) {
            balance.add(Sight.WATCHED, "", looked, looked);
        } else if (feed.sight() == Sight.BLIND) {
            balance.add(Sight.BLIND, feed.cause(), length, 0);
        } else {
            long missed = missed(feed.seenWithin(from, to), looked, length);
            balance.add(Sight.BLIND, Coverage.NOT_ANALYSED, missed, 0);
            long rest = length - missed;
            balance.add(feed.sight(), feed.cause(), rest, Math.min(rest, looked));
        }
    }

    /**
     * Of a picture that came now and then no more can be looked at: of the rest nobody is blind.
     */
    private static long missed(long there, long looked, long length) {
        if (there == 0) {
            return looked == 0 ? length : 0;
        }
        return Math.max(0, there - looked) * length / there;
    }

    private static long seen(List<Span> analysis, int first, long from, long to) {
        long sum = 0;
        for (int i = first; i < analysis.size() && analysis.get(i).since() < to; i++) {
            Span one = analysis.get(i);
            sum += one.seenWithin(Math.max(from, one.since()), Math.min(to, one.until()));
        }
        return sum;
    }

    private static int firstAfter(List<Span> spans, int index, long time) {
        int next = index;
        while (next < spans.size() && spans.get(next).until() <= time) {
            next++;
        }
        return next;
    }
}
