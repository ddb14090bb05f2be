package io.visionops.support.journal;

import io.visionops.api.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Since when entries wait, and when some were lost. Used by one thread. */
public final class JournalWatch {

    private final Ticker ticker;
    private long emptyAt;
    private long lost;
    private OptionalLong lostAt = OptionalLong.empty();

    public JournalWatch(Ticker ticker) {
        this.ticker = ticker;
        this.emptyAt = ticker.nanos();
    }

    public JournalState look(JournalCounts counts) {
        long now = ticker.nanos();
        if (counts.waiting() == 0) {
            emptyAt = now;
        }
        long all = counts.droppedEvents() + counts.droppedFacts();
        if (all > lost) {
            lost = all;
            lostAt = OptionalLong.of(now);
        }
        return new JournalState(
                counts,
                Duration.ofNanos(now - emptyAt),
                lostAt.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(now - lostAt.getAsLong())));
    }
}
