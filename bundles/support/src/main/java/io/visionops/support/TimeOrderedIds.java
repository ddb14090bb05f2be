package io.visionops.support;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562) that rise strictly, whatever the clock does. Thread-safe.
 *
 * <p>The 12 bits after the millisecond count within it (method 1 of section 6.2). When the clock
 * stands still or goes back, the last millisecond is counted on; when its counter is full, the next
 * millisecond is borrowed.
 */
public final class TimeOrderedIds implements Supplier<UUID> {

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MAX = (1 << COUNTER_BITS) - 1;

    /** Leaves the upper half of the counter free for what follows in the same millisecond. */
    private static final int SEED_BOUND = 1 << (COUNTER_BITS - 1);

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;
    private final RandomGenerator random;

    /** Guarded by "this". */
    private long millis;

    /** Guarded by "this". */
    private long counter;

    public TimeOrderedIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public synchronized UUID get() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            counter = random.nextInt(SEED_BOUND);
        } else if (counter < COUNTER_MAX) {
            counter++;
        } else {
            millis++;
            counter = random.nextInt(SEED_BOUND);
        }
        return new UUID(millis << 16 | VERSION_7 | counter, VARIANT | random.nextLong() >>> 2);
    }
}
