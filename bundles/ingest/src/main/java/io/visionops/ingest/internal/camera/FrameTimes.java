package io.visionops.ingest.internal.camera;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When frames were captured: now. One for which the reader did not have to wait was there already,
 * for instance while this part was swapped: it is one frame time younger than the one before. So
 * those who walk in it do not seem to jump.
 *
 * <p>The frames of a file that is read {@code asap} count from its first one, as if it had come at
 * native speed. Guarded by the feed's lock.
 */
final class FrameTimes {

    private final FeedPlan plan;
    private final Clock clock;

    /** Of a file read asap, when frame 0 would have been; else of the last frame. */
    private @Nullable Instant known;

    /** Monotonic, since when the next frame is waited for. */
    private long since;

    FrameTimes(FeedPlan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /** Goes on where a predecessor was. */
    void continueFrom(Optional<Instant> time) {
        known = time.orElse(null);
    }

    /**
     * A decoder is about to be read.
     *
     * @param adopted it is the one that was read before
     * @param nanos monotonic, now
     */
    void begin(boolean adopted, long nanos) {
        since = nanos;
        if (!adopted && !plan.isAsap()) {
            known = null;
        }
    }

    /** What a successor continues from; empty before the first frame. */
    Optional<Instant> known() {
        return Optional.ofNullable(known);
    }

    /**
     * @param sequence of the frame
     * @param completed monotonic, when it was read
     */
    Instant of(long sequence, long completed) {
        return plan.isAsap() ? ofFile(sequence) : live(completed);
    }

    private Instant ofFile(long sequence) {
        Duration into = frames(sequence);
        Instant from = known;
        if (from == null) {
            from = clock.instant().minus(into);
            known = from;
        }
        return from.plus(into);
    }

    private Instant live(long completed) {
        boolean wasThere = completed - since < frames(1).toNanos() / 2;
        since = completed;
        Instant at = clock.instant();
        if (wasThere && known != null) {
            Instant due = known.plus(frames(1));
            at = due.isBefore(at) ? due : at;
        }
        known = at;
        return at;
    }

    private Duration frames(long count) {
        return Duration.ofNanos(count * 1_000_000_000L / plan.fps());
    }
}
