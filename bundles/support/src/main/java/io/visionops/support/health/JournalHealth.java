package io.visionops.support.health;

import io.visionops.support.journal.JournalCounts;
import io.visionops.support.journal.JournalState;
import java.time.Duration;
import org.apache.felix.hc.api.FormattingResultLog;

/** Judges whether the journal takes what a part gives to it. */
public final class JournalHealth {

    /** A store that is swapped is back before. */
    public static final Duration LONG = Duration.ofMinutes(1);

    /** How long a loss is shown. */
    public static final Duration RECENT = Duration.ofMinutes(10);

    private JournalHealth() {}

    /**
     * @param incomplete what lacks something after a loss: "what happened to cameras"
     */
    public static void judge(JournalState state, String incomplete, FormattingResultLog log) {
        JournalCounts counts = state.counts();
        if (state.sinceLoss().filter(age -> age.compareTo(RECENT) <= 0).isPresent()) {
            log.critical(
                    "{} events and {} other entries are lost so far, since the journal did not"
                            + " take them: {} is incomplete. See visionops.store.open and"
                            + " visionops.store.write",
                    counts.droppedEvents(),
                    counts.droppedFacts(),
                    incomplete);
        }
        if (counts.waiting() * 2 >= counts.capacity() || state.waitingFor().compareTo(LONG) > 0) {
            log.warn(
                    "{} of at most {} entries wait for the journal, for {} s: when there is no"
                            + " room any more the oldest are lost. See visionops.store.open and"
                            + " visionops.store.write",
                    counts.waiting(),
                    counts.capacity(),
                    state.waitingFor().toSeconds());
        } else {
            log.info("{} entries wait for the journal", counts.waiting());
        }
    }
}
