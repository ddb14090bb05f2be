package io.visionops.security.internal.secret;

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

/** Records who has changed which secret, never its value. Thread-safe. */
final class SecretJournal extends EventJournal {

    private static final String KIND = "audit";
    private static final Event.Type TYPE = new Event.Type("secret");
    private static final int CAPACITY = 200;

    private final Clock clock;

    /**
     * @param folder for what is not written at the end
     */
    SecretJournal(Path folder, Clock clock, Ticker ticker, RandomGenerator random) {
        super(folder, CAPACITY, clock, ticker, random);
        this.clock = clock;
    }

    /**
     * Never blocks.
     *
     * @param action the command
     * @param detail what was done, for a person
     */
    void tell(String action, String name, String detail, Actor by) {
        Instant now = clock.instant();
        Subject subject = new Subject("secret", name);
        String body = text(Map.of("action", action));
        tell(
                id ->
                        Entry.of(
                                Event.of(id, TYPE, subject, Severity.INFO, now, detail),
                                new JournalRecord(KIND, subject, now, by, body)));
    }
}
