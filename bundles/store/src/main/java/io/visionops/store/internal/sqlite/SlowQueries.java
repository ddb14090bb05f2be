package io.visionops.store.internal.sqlite;

import io.visionops.api.database.SlowQuery;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which statements took how long; of so many that memory stays small. Thread-safe. */
final class SlowQueries {

    /** Texts are made of a few parts: there are some dozens. */
    private static final int KNOWN = 200;

    private static final int SHOWN = 10;

    /** Guarded by "this". */
    private final Map<String, Times> times = new HashMap<>();

    private static final class Times {
        private long count;
        private long total;
        private long longest;
    }

    synchronized void add(String sql, long nanos) {
        Times known = times.get(sql);
        if (known == null) {
            if (times.size() >= KNOWN) {
                return;
            }
            known = new Times();
            times.put(sql, known);
        }
        known.count++;
        known.total += nanos;
        known.longest = Math.max(known.longest, nanos);
    }

    /** The slowest first, by their longest run. */
    synchronized List<SlowQuery> slowest() {
        return times.entrySet().stream()
                .map(
                        one ->
                                new SlowQuery(
                                        one.getKey(),
                                        one.getValue().count,
                                        Duration.ofNanos(
                                                one.getValue().total / one.getValue().count),
                                        Duration.ofNanos(one.getValue().longest)))
                .sorted(Comparator.comparing(SlowQuery::longest).reversed())
                .limit(SHOWN)
                .toList();
    }
}
