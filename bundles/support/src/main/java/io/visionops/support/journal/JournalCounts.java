package io.visionops.support.journal;

/**
 * What a {@link JournalBuffer} holds, and what it has lost so far.
 *
 * @param waiting entries that are not yet known to be written
 * @param capacity how many can wait
 * @param refused by the journal for good; also among the dropped
 * @param droppedEvents entries with an event that are lost
 * @param droppedFacts other entries that are lost
 * @param droppedPictures left out of their entries
 */
public record JournalCounts(
        int waiting,
        int capacity,
        long refused,
        long droppedEvents,
        long droppedFacts,
        long droppedPictures) {}
