package io.visionops.ingest.internal.stream;

import io.visionops.ingest.internal.config.DecoderSettings;
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
 * <p>The frames of a file that is read {@code asap} have the times of the film, and none is of the
 * future. Guarded by the camera's lock.
 */
final class FrameTimes {

    private final DecoderSettings settings;
    private final Clock clock;

    /** Of a file read asap, when the film began; else of the last frame. */
    private @Nullable Instant known;

    private Film film = Film.UNKNOWN;

    /** Monotonic, since when the next frame is waited for. */
    private long since;

    FrameTimes(DecoderSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Goes on where a predecessor was. */
    void continueFrom(Optional<Instant> time) {
        known = time.orElse(null);
    }

    /** What is known of the file, before its decoder is read. */
    void use(Film described) {
        film = described;
    }

    /**
     * A decoder is about to be read.
     *
     * @param goesOn it is the one that was read before, or goes on where that one was in a file
     * @param nanos monotonic, now
     */
    void begin(boolean goesOn, long nanos) {
        since = nanos;
        if (!goesOn) {
            known = null;
        }
    }

    /** What a successor continues from; empty before the first frame. */
    Optional<Instant> known() {
        return Optional.ofNullable(known);
    }

    /**
     * @param position of the frame in its file, from 0
     * @param completed monotonic, when it was read
     */
    Instant of(long position, long completed) {
        return settings.isAsap() ? ofFile(position) : live(completed);
    }

    private Instant ofFile(long position) {
        Instant now = clock.instant();
        Instant from = known;
        if (from == null) {
            from = film.startBy(now);
            known = from;
        }
        Duration played = frames(position);
        Instant at = from.plus(settings.source().loop() ? film.within(played) : played);
        return at.isAfter(now) ? now : at;
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
        return Duration.ofNanos(count * 1_000_000_000L / settings.fps());
    }
}
