package io.visionops.support.journal;

import io.visionops.api.journal.Entry;
import io.visionops.support.log.LogLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Counts what the journal never gets, and logs it now and then. Guarded by the buffer. */
final class JournalReport {

    private final Logger log;
    private final LogLimit outages = new LogLimit();
    private final LogLimit losses = new LogLimit();
    private final LogLimit refusals = new LogLimit();

    /** It was said that the journal fails, and not yet that it works again. */
    private boolean outage;

    private long refused;
    private long droppedFacts;
    private long droppedEvents;
    private long droppedPictures;

    /**
     * @param log of the buffer, by whose name it is found in the log
     */
    JournalReport(Logger log) {
        this.log = log;
    }

    /** The journal does not take an entry now. */
    void failed(long now, int waiting, String cause) {
        if (!outage && outages.allows(now)) {
            outage = true;
            log.warn(
                    "the journal refuses entries, {} are kept and given to it again: {}",
                    waiting,
                    cause);
        }
    }

    void written(int waiting) {
        if (outage) {
            outage = false;
            log.info("the journal takes entries again, {} wait", waiting);
        }
    }

    /** The journal will never take it. */
    void refused(long now, Entry entry, @Nullable Throwable failure) {
        refused++;
        count(entry);
        if (refusals.allows(now)) {
            log.error(
                    "an entry can never be written and is dropped, {} so far: {} ({})",
                    refused,
                    entry.id(),
                    String.valueOf(failure));
        }
    }

    /** There is no room for it. */
    void dropped(Entry entry) {
        count(entry);
    }

    /** There is no room for something. */
    void full(long now) {
        if (losses.allows(now)) {
            log.error(
                    "the journal has not taken entries for long: {} events and {} other entries are"
                            + " lost so far",
                    droppedEvents,
                    droppedFacts);
        }
    }

    void droppedPictures() {
        droppedPictures++;
    }

    private void count(Entry lost) {
        if (lost.event().isPresent()) {
            droppedEvents++;
        } else {
            droppedFacts++;
        }
    }

    long refusedCount() {
        return refused;
    }

    long factCount() {
        return droppedFacts;
    }

    long eventCount() {
        return droppedEvents;
    }

    long pictureCount() {
        return droppedPictures;
    }
}
