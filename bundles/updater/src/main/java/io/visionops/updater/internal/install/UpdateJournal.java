package io.visionops.updater.internal.install;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.api.update.UpdateResult;
import io.visionops.support.journal.EventJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Tells the journal what became of each update: an event, and a record of kind {@code update} with
 * it. Thread-safe; what waits for the disk is said to.
 */
public final class UpdateJournal extends EventJournal {

    static final String KIND = "update";
    static final Event.Type TYPE = new Event.Type("update");

    static final Subject PROGRAM = new Subject("program", "visionops");
    private static final int CAPACITY = 200;

    /**
     * @param folder for what is not written at the end
     */
    public UpdateJournal(Path folder, Clock clock, Ticker ticker, RandomGenerator random) {
        super(folder, CAPACITY, clock, ticker, random);
    }

    /** Never blocks. */
    public void tell(UpdateResult result) {
        boolean good = result.outcome().equals(UpdateOutcome.INSTALLED.word());
        String words =
                "release "
                        + result.to()
                        + " ("
                        + result.version()
                        + ") "
                        + result.outcome()
                        + (result.detail().isEmpty() ? "" : ": " + result.detail());
        tell(
                id ->
                        Entry.of(
                                Event.of(
                                        id,
                                        TYPE,
                                        PROGRAM,
                                        good ? Severity.INFO : Severity.WARNING,
                                        result.time(),
                                        words),
                                new JournalRecord(
                                        KIND,
                                        PROGRAM,
                                        result.time(),
                                        result.actor(),
                                        text(result))));
    }
}
