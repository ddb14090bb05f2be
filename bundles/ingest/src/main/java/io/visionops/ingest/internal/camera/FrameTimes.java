package io.visionops.ingest.internal.camera;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When frames were captured: now; those of a file that is read {@code asap} count from its first
 * one, as if it had come at native speed. Guarded by the feed's lock.
 */
final class FrameTimes {

    private final FeedPlan plan;
    private final Clock clock;

    /** Of a file read asap, when frame 0 would have been. */
    private @Nullable Instant origin;

    FrameTimes(FeedPlan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /** Goes on where a predecessor was. */
    void continueFrom(Optional<Instant> known) {
        origin = known.orElse(null);
    }

    /** Empty unless times follow a file that has been begun. */
    Optional<Instant> origin() {
        return Optional.ofNullable(origin);
    }

    /**
     * @param sequence of the frame
     */
    Instant of(long sequence) {
        if (!plan.isAsap()) {
            return clock.instant();
        }
        Duration into = Duration.ofNanos(sequence * 1_000_000_000L / plan.fps());
        Instant from = origin;
        if (from == null) {
            from = clock.instant().minus(into);
            origin = from;
        }
        return from.plus(into);
    }
}
