package io.visionops.ingest.internal.incident;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The time after this computer stood still, in which losses are its doing. Times are monotonic. Not
 * thread-safe: part of {@link IncidentCorrelator}.
 */
final class StandstillAftermath {

    static final Duration LENGTH = Duration.ofSeconds(15);

    private @Nullable OpenIncident standstill;
    private long until;

    /**
     * This computer did nothing for a while, up to now; during the aftermath of another standstill
     * it is the same one.
     *
     * @param seen by the monotonic clock; otherwise the wall clock alone went ahead, as it does
     *     after a sleep
     */
    void begin(Duration length, boolean seen, long now) {
        until = now + LENGTH.toNanos();
        if (standstill == null) {
            standstill = new OpenIncident(FailureDomain.OWN, now - length.toNanos());
        }
        standstill.stoodStill(length, seen);
    }

    /** Goes on with one that somebody else knew of. */
    void resume(OpenIncident what, long end) {
        standstill = what;
        until = end;
    }

    /** The standstill, until it is long enough ago. */
    Optional<OpenIncident> standstill() {
        return Optional.ofNullable(standstill);
    }

    OptionalLong until() {
        return standstill == null ? OptionalLong.empty() : OptionalLong.of(until);
    }

    /** Ends when it is time to. */
    void pass(long now) {
        if (now - until >= 0) {
            standstill = null;
        }
    }
}
