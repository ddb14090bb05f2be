package io.visionops.store.internal;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.api.database.IntegrityResult;
import io.visionops.api.database.MaintenanceResult;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.support.TimeOrderedIds;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the journal what became of the database itself. Thread-safe; waits for nothing. */
final class StoreJournal {

    private static final Logger LOG = LoggerFactory.getLogger(StoreJournal.class);

    private static final Event.Type REPAIRED = new Event.Type("database-repaired");
    private static final Event.Type DAMAGED = new Event.Type("database-damaged");
    private static final String INTEGRITY = "integrity";
    private static final String MAINTENANCE = "maintenance";
    private static final Subject STORE = Subject.part("store");

    /** More make the line no clearer. */
    private static final int NAMED = 5;

    private final Journal journal;
    private final Clock clock;
    private final TimeOrderedIds ids;

    StoreJournal(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
        ids = new TimeOrderedIds(clock, new SecureRandom());
    }

    /** What was lost is told in the database that took the place of the damaged one. */
    CompletableFuture<Void> repaired(String words) {
        return append(
                Entry.of(event(REPAIRED, "the database was damaged and is made anew: " + words)));
    }

    /** What a check has found; of one that found nothing a record alone. */
    CompletableFuture<Void> checked(IntegrityResult result, Actor by) {
        JournalRecord record = record(INTEGRITY, by, body(result));
        return append(
                result.damage().isEmpty()
                        ? Entry.of(ids.get(), record)
                        : Entry.of(
                                event(
                                        DAMAGED,
                                        "the database is damaged: " + words(result.damage())),
                                record));
    }

    CompletableFuture<Void> maintained(MaintenanceResult result, Actor by) {
        return append(Entry.of(ids.get(), record(MAINTENANCE, by, body(result))));
    }

    /** The first places, in one line. */
    static String words(List<IntegrityDamage> damage) {
        String first =
                damage.stream()
                        .limit(NAMED)
                        .map(IntegrityDamage::inWords)
                        .collect(Collectors.joining("; "));
        return damage.size() > NAMED ? first + "; and " + (damage.size() - NAMED) + " more" : first;
    }

    private static String body(IntegrityResult result) {
        String damage =
                result.damage().stream()
                        .limit(20)
                        .map(
                                one ->
                                        "{\"table\":"
                                                + quoted(one.table())
                                                + ",\"row\":"
                                                + quoted(one.row())
                                                + ",\"what\":"
                                                + quoted(one.what())
                                                + "}")
                        .collect(Collectors.joining(",", "[", "]"));
        return "{\"good\":"
                + result.damage().isEmpty()
                + ",\"full\":"
                + result.full()
                + ",\"rows\":"
                + result.rows()
                + ",\"millis\":"
                + result.took().toMillis()
                + ",\"damage\":"
                + damage
                + "}";
    }

    private static String body(MaintenanceResult result) {
        return "{\"full\":"
                + result.full()
                + ",\"bytesBefore\":"
                + result.bytesBefore()
                + ",\"bytesAfter\":"
                + result.bytesAfter()
                + ",\"millis\":"
                + result.took().toMillis()
                + ",\"longestHoldMillis\":"
                + result.longestHold().toMillis()
                + ",\"remark\":"
                + quoted(result.remark())
                + "}";
    }

    private static String quoted(String text) {
        String shown = text.length() > 500 ? text.substring(0, 500) : text;
        return "\""
                + shown.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ")
                + "\"";
    }

    private Event event(Event.Type type, String words) {
        return Event.of(ids.get(), type, STORE, Severity.CRITICAL, clock.instant(), words);
    }

    private JournalRecord record(String kind, Actor by, String body) {
        return new JournalRecord(kind, STORE, clock.instant(), by, body);
    }

    private CompletableFuture<Void> append(Entry entry) {
        return journal.append(entry)
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                LOG.error(
                                        "what became of the database is not kept: {}",
                                        failure.toString());
                            }
                        });
    }
}
