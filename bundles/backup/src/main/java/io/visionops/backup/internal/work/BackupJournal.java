package io.visionops.backup.internal.work;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.support.journal.EventJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Tells the journal what became of backups and restores: an event, and a record of kind {@code
 * backup} with it. Thread-safe; what waits for the disk is said to.
 */
public final class BackupJournal extends EventJournal {

    private static final String KIND = "backup";
    private static final Event.Type TYPE = new Event.Type("backup");
    private static final Subject PROGRAM = new Subject("program", "visionops");
    private static final int CAPACITY = 200;

    private final Clock clock;

    /**
     * @param folder for what is not written at the end
     */
    public BackupJournal(Path folder, Clock clock, Ticker ticker, RandomGenerator random) {
        super(folder, CAPACITY, clock, ticker, random);
        this.clock = clock;
    }

    /**
     * Never blocks.
     *
     * @param work {@code backup}, {@code verify}, {@code restore}, {@code key} or {@code prune}
     */
    public void tell(String work, String id, boolean good, String detail, Actor by) {
        Instant now = clock.instant();
        String said = work + (id.isEmpty() ? "" : " " + id) + ": " + detail;
        String body = text(Map.of("work", work, "id", id, "good", good, "detail", detail));
        tell(
                uuid ->
                        Entry.of(
                                Event.of(
                                        uuid,
                                        TYPE,
                                        PROGRAM,
                                        good ? Severity.INFO : Severity.WARNING,
                                        now,
                                        said),
                                new JournalRecord(KIND, PROGRAM, now, by, body)));
    }
}
