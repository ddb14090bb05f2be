package io.visionops.store.internal.health;

import io.visionops.api.time.Ticker;
import io.visionops.store.internal.StoreState;
import io.visionops.store.internal.write.WriterState;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Since when the database is closed, the writer stands still, and entries were lost. */
final class StoreWatch {

    private final Ticker ticker;
    private long openAt;
    private long progressAt;
    private long groups = -1;
    private long lost;
    private OptionalLong lostAt = OptionalLong.empty();

    StoreWatch(Ticker ticker) {
        this.ticker = ticker;
        this.openAt = ticker.nanos();
        this.progressAt = openAt;
    }

    /** Used by one thread. */
    StoreSample look(Optional<StoreState> state) {
        long now = ticker.nanos();
        Optional<WriterState> writer = state.flatMap(StoreState::writer);
        if (writer.isPresent()) {
            openAt = now;
        }
        if (writer.isEmpty() || progresses(writer.get())) {
            progressAt = now;
        }
        long all = writer.map(one -> one.rejected() + one.refused()).orElse(0L);
        if (all > lost) {
            lostAt = OptionalLong.of(now);
        }
        lost = all;
        return new StoreSample(
                state,
                Duration.ofNanos(now - openAt),
                Duration.ofNanos(now - progressAt),
                lostAt.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(now - lostAt.getAsLong())));
    }

    /** Also where groups fail: then the writer works and the database does not. */
    private boolean progresses(WriterState writer) {
        long now = writer.commits() + writer.failures();
        boolean moved = now != groups;
        groups = now;
        return moved || (writer.queued() == 0 && !writer.busy());
    }
}
