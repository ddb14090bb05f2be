package io.visionops.store.internal.count;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of time in which something was counted.
 *
 * @param since milliseconds since 1970
 * @param until exclusive; {@link Long#MAX_VALUE} while it lasts
 */
record Period(long since, long until) {

    /** The same time without overlaps, which a clock that was set back leaves. */
    static List<Period> merge(List<Period> periods) {
        List<Period> sorted = new ArrayList<>(periods);
        sorted.sort(Comparator.comparingLong(Period::since));
        List<Period> merged = new ArrayList<>();
        for (Period next : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && next.since <= merged.get(last).until) {
                Period before = merged.get(last);
                merged.set(last, new Period(before.since, Math.max(before.until, next.until)));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }
}
