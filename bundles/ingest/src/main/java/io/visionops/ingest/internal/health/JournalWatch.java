package io.visionops.ingest.internal.health;

import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.health.IngestSample.JournalState;
import io.visionops.support.journal.JournalCounts;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Since when entries wait, and when some were lost. Used by one thread. */
final class JournalWatch {

    private final Ticker ticker;
    private long emptyAt;
    private long lost;
    private OptionalLong lostAt = OptionalLong.empty();

    JournalWatch(Ticker ticker) {
        this.ticker = ticker;
        this.emptyAt = ticker.nanos();
    }

    JournalState look(JournalCounts counts) {
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
