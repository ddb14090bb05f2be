package io.visionops.store.internal.health;

import io.visionops.store.internal.StoreState;
import io.visionops.store.internal.write.WriterState;
import java.time.Duration;
import java.util.Optional;

/**
 * How the store did at one moment.
 *
 * @param state empty when no data folder is known
 * @param closedFor since when the database is not open; zero while it is
 * @param waitingFor since when something waits and no group was written; zero while nothing waits
 * @param sinceLoss how long ago entries were rejected or refused; empty when none were
 */
record StoreSample(
        Optional<StoreState> state,
        Duration closedFor,
        Duration waitingFor,
        Optional<Duration> sinceLoss) {

    Optional<WriterState> writer() {
        return state.flatMap(StoreState::writer);
    }
}
