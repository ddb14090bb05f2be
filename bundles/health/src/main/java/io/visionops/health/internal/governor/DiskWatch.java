package io.visionops.health.internal.governor;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Tells of a disk that is critical, and when that is over; nothing is asked of cameras for it,
 * since what fills a disk is not what they are watched with. For one thread.
 */
final class DiskWatch {

    /** As a part of the critical limit: a file that comes and goes is no news. */
    static final double RELEASE = 0.98;

    private boolean critical;
    private long otherSince = Long.MIN_VALUE;

    boolean isCritical() {
        return critical;
    }

    /**
     * One look.
     *
     * @param pressure critical from 1 on; empty while the disk does not answer, which its check
     *     tells
     * @param hold how long it must be other than it was
     * @return whether it is critical now, when that has changed
     */
    Optional<Boolean> look(OptionalDouble pressure, Duration hold, long now) {
        if (pressure.isEmpty()) {
            return Optional.empty();
        }
        double value = pressure.getAsDouble();
        boolean other = critical ? value < RELEASE : value >= 1;
        if (!other) {
            otherSince = Long.MIN_VALUE;
            return Optional.empty();
        }
        if (otherSince == Long.MIN_VALUE) {
            otherSince = now;
        }
        if (now - otherSince < hold.toNanos()) {
            return Optional.empty();
        }
        critical = !critical;
        otherSince = Long.MIN_VALUE;
        return Optional.of(critical);
    }
}
