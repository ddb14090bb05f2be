package io.visionops.updater.internal.trust;

import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time by which metadata expires: never earlier than the build, nor than what was trusted
 * before. A clock that is behind makes things expire as if it stood still, never later.
 *
 * @param now what counts
 * @param behind by how much the wall clock is behind that
 */
record TrustedTime(Instant now, Duration behind) {

    static TrustedTime of(Clock clock, Instant built, Instant before) {
        Instant wall = clock.instant();
        Instant least = built.isAfter(before) ? built : before;
        return wall.isBefore(least)
                ? new TrustedTime(least, Duration.between(wall, least))
                : new TrustedTime(wall, Duration.ZERO);
    }

    void requireValid(String what, Instant expires) throws RepositoryException {
        if (!now.isBefore(expires)) {
            throw new RepositoryException(
                    Reason.EXPIRED, what + " has expired at " + expires + "; it is " + now);
        }
    }
}
