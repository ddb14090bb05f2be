package io.visionops.health.internal.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.round.CheckResult;
import io.visionops.health.internal.round.StatusChange;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.support.journal.JournalFile;
import io.visionops.support.json.HandoverJson;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the journal of each check that has another status: an event, and a record of kind {@code
 * health} with it. By way of a buffer, since the journal may be what is sick. Thread-safe; what
 * waits for the disk is said to.
 */
public final class HealthJournal {

    private static final Logger LOG = LoggerFactory.getLogger(HealthJournal.class);

    static final String KIND = "health";
    static final Event.Type CHANGED = new Event.Type("health-changed");

    private static final int CAPACITY = 2_000;
    private static final long NO_PICTURES = 0;

    /** All in one order. */
    private static final String ALL = "";

    private static final Actor HEALTH = Actor.part("health");

    private final ObjectMapper json = HandoverJson.mapper();
    private final TimeOrderedIds ids;
    private final JournalBuffer buffer;
    private final JournalFile unwritten;

    /** The body of a record; persisted. */
    private record Body(
            HealthStatus status,
            @Nullable HealthStatus before,
            String cause,
            String remedy,
            long tookMs) {}

    /**
     * @param folder for what is not written at the end
     */
    public HealthJournal(Path folder, Clock clock, Ticker ticker, RandomGenerator random) {
        ids = new TimeOrderedIds(clock, random);
        buffer = new JournalBuffer(ticker, ids, CAPACITY, NO_PICTURES);
        buffer.pumpAfterAnswers();
        unwritten = new JournalFile(folder);
    }

    /** Never blocks. That a check is new and well is nothing to tell. */
    public void tell(StatusChange change) {
        if (change.before().isEmpty() && change.result().isWell()) {
            return;
        }
        CheckResult result = change.result();
        log(result);
        Subject check = new Subject("check", result.name());
        Event event =
                Event.of(
                        ids.get(),
                        CHANGED,
                        check,
                        severity(result.status()),
                        change.time(),
                        result.status() + ": " + result.cause());
        buffer.offer(
                ALL,
                Entry.of(
                        event,
                        new JournalRecord(KIND, check, change.time(), HEALTH, body(change))));
        buffer.pump();
    }

    /**
     * Whatever else this part has to tell; never blocks.
     *
     * @param entry made with the id that it is given
     */
    public void tell(Function<UUID, Entry> entry) {
        buffer.offer(ALL, entry.apply(ids.get()));
        buffer.pump();
    }

    /** The id of an entry that is made by somebody else. */
    public UUID nextId() {
        return ids.get();
    }

    /**
     * Likewise, of an entry that its maker keeps until it is written; never blocks.
     *
     * @param written called when the journal has it; must not block
     */
    public void tell(Entry entry, Runnable written) {
        buffer.offer(ALL, entry, written);
        buffer.pump();
    }

    private static void log(CheckResult result) {
        String words = "{} is {}: {}";
        if (severity(result.status()) == Severity.CRITICAL) {
            LOG.warn(words, result.name(), result.status(), result.cause());
        } else {
            LOG.info(words, result.name(), result.status(), result.cause());
        }
    }

    private String body(StatusChange change) {
        CheckResult result = change.result();
        try {
            return json.writeValueAsString(
                    new Body(
                            result.status(),
                            change.before().orElse(null),
                            result.cause(),
                            result.isWell() ? "" : result.remedy(),
                            result.took().toMillis()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record cannot be written as JSON", e);
        }
    }

    /** What is away for a moment is no reason to act. */
    private static Severity severity(HealthStatus status) {
        return switch (status) {
            case OK, TEMPORARILY_UNAVAILABLE -> Severity.INFO;
            case WARN, HEALTH_CHECK_ERROR -> Severity.WARNING;
            case CRITICAL -> Severity.CRITICAL;
        };
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
