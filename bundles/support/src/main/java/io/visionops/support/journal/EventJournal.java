package io.visionops.support.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Journal;
import io.visionops.api.time.Ticker;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.json.HandoverJson;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a part tells the journal of itself, in one order: events, each with a record. By way of a
 * buffer, since the journal may be away or what is sick. Thread-safe; what waits for the disk is
 * said to.
 */
public class EventJournal {

    private static final long NO_PICTURES = 0;

    /** All in one order. */
    private static final String ALL = "";

    private final ObjectMapper json = HandoverJson.mapper();
    private final TimeOrderedIds ids;
    private final JournalBuffer buffer;
    private final JournalFile unwritten;

    /**
     * @param folder for what is not written at the end
     * @param capacity entries that may wait
     */
    public EventJournal(
            Path folder, int capacity, Clock clock, Ticker ticker, RandomGenerator random) {
        ids = new TimeOrderedIds(clock, random);
        buffer = new JournalBuffer(ticker, ids, capacity, NO_PICTURES);
        buffer.pumpAfterAnswers();
        unwritten = new JournalFile(folder);
    }

    /**
     * Never blocks.
     *
     * @param entry made with the id that it is given
     */
    public final void tell(Function<UUID, Entry> entry) {
        buffer.offer(ALL, entry.apply(ids.get()));
        buffer.pump();
    }

    /** The id of an entry that is made by somebody else. */
    public final UUID nextId() {
        return ids.get();
    }

    /**
     * Likewise, of an entry that its maker keeps until it is written; never blocks.
     *
     * @param written called when the journal has it; must not block
     */
    public final void tell(Entry entry, Runnable written) {
        buffer.offer(ALL, entry, written);
        buffer.pump();
    }

    /** The body of a record. */
    protected final String text(Object body) {
        return text(json, body);
    }

    /** Likewise, for who has a mapper. */
    public static String text(ObjectMapper json, Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record cannot be written as JSON", e);
        }
    }

    /** Another journal. */
    public final void use(Journal journal) {
        buffer.connect(journal);
        buffer.pump();
    }

    /** A journal goes; its successor, if it came before, stays. */
    public final void leave(Journal journal) {
        buffer.disconnect(journal);
    }

    /** Takes what the last run has left; waits for the disk. */
    public final void resume() {
        buffer.resume(unwritten, List.of());
        buffer.pump();
    }

    /** Tries again what the journal did not take; called now and then, and waits for the disk. */
    public final void retry() {
        buffer.pump();
        buffer.settle();
    }

    /** Sends nothing any more, and leaves what is not written; waits for the disk. */
    public final void close() {
        buffer.leave(unwritten);
    }
}
