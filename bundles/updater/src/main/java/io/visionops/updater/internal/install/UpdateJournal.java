package io.visionops.updater.internal.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.api.update.UpdateResult;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.support.journal.JournalFile;
import io.visionops.support.json.HandoverJson;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tells the journal what became of each update: an event, and a record of kind {@code update} with
 * it. Thread-safe; what waits for the disk is said to.
 */
public final class UpdateJournal {

    static final String KIND = "update";
    static final Event.Type TYPE = new Event.Type("update");

    static final Subject PROGRAM = new Subject("program", "visionops");
    private static final int CAPACITY = 200;
    private static final long NO_PICTURES = 0;

    /** All in one order. */
    private static final String ALL = "";

    private final ObjectMapper json = HandoverJson.mapper();
    private final TimeOrderedIds ids;
    private final JournalBuffer buffer;
    private final JournalFile unwritten;

    /**
     * @param folder for what is not written at the end
     */
    public UpdateJournal(Path folder, Clock clock, Ticker ticker, RandomGenerator random) {
        ids = new TimeOrderedIds(clock, random);
        buffer = new JournalBuffer(ticker, ids, CAPACITY, NO_PICTURES);
        buffer.pumpAfterAnswers();
        unwritten = new JournalFile(folder);
    }

    /** Never blocks. */
    public void tell(UpdateResult result) {
        boolean good = result.outcome().equals(UpdateOutcome.INSTALLED.word());
        Event event =
                Event.of(
                        ids.get(),
                        TYPE,
                        PROGRAM,
                        good ? Severity.INFO : Severity.WARNING,
                        result.time(),
                        "release "
                                + result.to()
                                + " ("
                                + result.version()
                                + ") "
                                + result.outcome()
                                + (result.detail().isEmpty() ? "" : ": " + result.detail()));
        buffer.offer(
                ALL,
                Entry.of(
                        event,
                        new JournalRecord(
                                KIND, PROGRAM, result.time(), result.actor(), body(result))));
        buffer.pump();
    }

    private String body(UpdateResult result) {
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record cannot be written as JSON", e);
        }
    }

    /** Another journal. */
    public void use(Journal journal) {
        buffer.connect(journal);
        buffer.pump();
    }

    /** A journal goes; its successor, if it came before, stays. */
    public void leave(Journal journal) {
        buffer.disconnect(journal);
    }

    /** Takes what the last run has left; waits for the disk. */
    public void resume() {
        buffer.resume(unwritten, List.of());
        buffer.pump();
    }

    /** Tries again what the journal did not take; called now and then, and waits for the disk. */
    public void retry() {
        buffer.pump();
        buffer.settle();
    }

    /** Sends nothing any more, and leaves what is not written; waits for the disk. */
    public void close() {
        buffer.leave(unwritten);
    }
}
