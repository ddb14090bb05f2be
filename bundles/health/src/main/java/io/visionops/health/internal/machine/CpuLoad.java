package io.visionops.health.internal.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** The load of all processors over the last samples. Used by one thread. */
final class CpuLoad {

    /** A minute of samples. */
    private static final int KEPT = 13;

    private final BiFunction<long[], long[], Double> between;
    private final Deque<long[]> ticks = new ArrayDeque<>();

    /**
     * @param between the load between two readings of the ticks, 0..1
     */
    CpuLoad(BiFunction<long[], long[], Double> between) {
        this.between = between;
    }

    /** In percent, over a minute; empty before: a start takes all processors for a while. */
    OptionalDouble add(long[] now) {
        ticks.addLast(now);
        if (ticks.size() > KEPT) {
            ticks.removeFirst();
        }
        return ticks.size() < KEPT
                ? OptionalDouble.empty()
                : OptionalDouble.of(100 * between.apply(ticks.getFirst(), now));
    }
}
