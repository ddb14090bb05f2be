package io.visionops.health.internal.journal;

import io.visionops.api.health.HealthStatus;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.round.CheckResult;
import io.visionops.health.internal.round.StatusChange;
import io.visionops.support.journal.EventJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the journal of each check that has another status: an event, and a record of kind {@code
 * health} with it. By way of a buffer, since the journal may be what is sick. Thread-safe; what
 * waits for the disk is said to.
 */
public final class HealthJournal extends EventJournal {

    private static final Logger LOG = LoggerFactory.getLogger(HealthJournal.class);

    static final String KIND = "health";
    static final Event.Type CHANGED = new Event.Type("health-changed");

    private static final int CAPACITY = 2_000;
    private static final Actor HEALTH = Actor.part("health");

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
        super(folder, CAPACITY, clock, ticker, random);
    }

    /** Never blocks. That a check is new and well is nothing to tell. */
    public void tell(StatusChange change) {
        if (change.before().isEmpty() && change.result().isWell()) {
            return;
        }
        CheckResult result = change.result();
        log(result);
        Subject check = new Subject("check", result.name());
        tell(
                id ->
                        Entry.of(
                                Event.of(
                                        id,
                                        CHANGED,
                                        check,
                                        severity(result.status()),
                                        change.time(),
                                        result.status() + ": " + result.cause()),
                                new JournalRecord(
                                        KIND, check, change.time(), HEALTH, body(change))));
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
        return text(
                new Body(
                        result.status(),
                        change.before().orElse(null),
                        result.cause(),
                        result.isWell() ? "" : result.remedy(),
                        result.took().toMillis()));
    }

    /** What is away for a moment is no reason to act. */
    private static Severity severity(HealthStatus status) {
        return switch (status) {
            case OK, TEMPORARILY_UNAVAILABLE -> Severity.INFO;
            case WARN, HEALTH_CHECK_ERROR -> Severity.WARNING;
            case CRITICAL -> Severity.CRITICAL;
        };
    }
}
