package io.visionops.support.journal;

import java.time.Duration;
import java.util.Optional;

/**
 * What waits for the journal at one moment.
 *
 * @param waitingFor since when something has waited all the time
 * @param sinceLoss how long ago entries were lost; empty when none were
 */
public record JournalState(
        JournalCounts counts, Duration waitingFor, Optional<Duration> sinceLoss) {}
