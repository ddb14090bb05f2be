package io.visionops.store.internal.coverage;

import io.visionops.api.journal.Fact.Sight;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where time went: milliseconds by what became of it. Not thread-safe. */
public final class Balance {

    private final Map<Key, long[]> sums = new TreeMap<>();

    /**
     * What became of some time.
     *
     * @param seen milliseconds of it that were seen and analysed
     */
    public record Item(Sight sight, String cause, long millis, long seen) {}

    private record Key(Sight sight, String cause) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int bySight = sight.compareTo(other.sight);
            return bySight != 0 ? bySight : cause.compareTo(other.cause);
        }
    }

    public void add(Sight sight, String cause, long millis, long seen) {
        if (millis > 0) {
            long[] sum = sums.computeIfAbsent(new Key(sight, cause), key -> new long[2]);
            sum[0] += millis;
            sum[1] += seen;
        }
    }

    public void add(Balance other) {
        for (Item item : other.items()) {
            add(item.sight(), item.cause(), item.millis(), item.seen());
        }
    }

    /** The watched time first, then by cause. */
    public List<Item> items() {
        return sums.entrySet().stream()
                .map(
                        sum ->
                                new Item(
                                        sum.getKey().sight(),
                                        sum.getKey().cause(),
                                        sum.getValue()[0],
                                        sum.getValue()[1]))
                .toList();
    }

    /** All that is accounted for. */
    public long millis() {
        return sums.values().stream().mapToLong(sum -> sum[0]).sum();
    }

    /** What was seen and analysed. */
    public long seen() {
        return sums.values().stream().mapToLong(sum -> sum[1]).sum();
    }
}
