package io.visionops.ingest.internal.coverage;

import io.visionops.api.journal.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the time in which frames came, by their times: of each gap between two frames at most two
 * frame intervals count. Told in stretches of up to ten seconds. Used by one thread at a time.
 */
final class WatchedTime {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** A clock that was set back by less is waited for, so that no time is told twice. */
    private static final Duration WAITED_FOR = Duration.ofMinutes(1);

    private final String camera;
    private final Duration most;
    private final Consumer<Fact> told;

    private @Nullable Instant from;
    private Instant last = Instant.MIN;
    private Instant end = Instant.MIN;

    WatchedTime(String camera, int fps, Consumer<Fact> told) {
        this.camera = camera;
        this.most = Duration.ofNanos(2_000_000_000L / fps);
        this.told = told;
    }

    void frame(Instant at) {
        if (at.isBefore(end)) {
            if (end.minus(WAITED_FOR).isBefore(at)) {
                return;
            }
            close();
            end = Instant.MIN;
        }
        if (from == null) {
            from = at;
        } else if (at.isAfter(last.plus(most))) {
            end = last.plus(most);
            close();
            from = at;
        } else if (Duration.between(from, at).compareTo(LONGEST) >= 0) {
            end = at;
            close();
            from = at;
        }
        last = at;
        end = at;
    }

    /** Tells what is not told yet; to be called when frames stop. */
    void close() {
        if (from != null && end.isAfter(from)) {
            told.accept(Fact.Account.watched(camera, from, Duration.between(from, end)));
        }
        from = null;
    }
}
