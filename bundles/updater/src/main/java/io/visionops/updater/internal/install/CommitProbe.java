package io.visionops.updater.internal.install;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.Severity;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.time.Ticker;
import io.visionops.support.TimeOrderedIds;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Has the journal take an event once, and the database commit a small checkpoint, of which ten are
 * kept, and reads it back, again and again. For one thread.
 */
final class CommitProbe {

    private static final String OWNER = "updater.gate";
    private static final Duration EVERY = Duration.ofSeconds(3);

    /** An entry that is written has to be committed and read back within this. */
    private static final Duration COMMIT = Duration.ofSeconds(10);

    private final Surroundings parts;
    private final Clock clock;
    private final Ticker ticker;
    private final TimeOrderedIds ids;
    private @Nullable Future<?> written;
    private long number;
    private long sent;
    private long proven;
    private boolean ever;
    private @Nullable Future<?> told;
    private boolean taken;
    private String fault = "nothing was committed yet";

    CommitProbe(Surroundings parts, Clock clock, Ticker ticker) {
        this.parts = parts;
        this.clock = clock;
        this.ticker = ticker;
        sent = ticker.nanos() - EVERY.toNanos();
        proven = ticker.nanos();
        ids = new TimeOrderedIds(clock, new SecureRandom());
    }

    /**
     * What is wrong; empty while a commit was proven lately. Sends the next when it is due; waits
     * only for a read.
     */
    Optional<String> fault() {
        long now = ticker.nanos();
        Future<?> pending = written;
        if (pending != null && pending.isDone()) {
            written = null;
            take(pending);
        }
        Future<?> event = told;
        if (event != null && event.isDone()) {
            told = null;
            takeEvent(event);
        }
        boolean silent = now - sent > COMMIT.toNanos();
        if ((written == null || silent) && now - sent >= EVERY.toNanos()) {
            send(now);
        }
        return ever && taken && now - proven < COMMIT.toNanos()
                ? Optional.empty()
                : Optional.of(fault);
    }

    private void send(long now) {
        Optional<Checkpoints> database = parts.database();
        sent = now;
        if (database.isEmpty()) {
            fault = "the database is not there";
            return;
        }
        number++;
        if (!taken && told == null) {
            tell();
        }
        written = database.get().save(new Checkpoint(OWNER, 1, clock.instant(), document()));
    }

    /** What cameras see and count goes this way, and not that of checkpoints. */
    private void tell() {
        Optional<Journal> journal = parts.journal();
        if (journal.isEmpty()) {
            fault = "the journal is not there";
            return;
        }
        Event event =
                Event.of(
                        ids.get(),
                        UpdateJournal.TYPE,
                        UpdateJournal.PROGRAM,
                        Severity.INFO,
                        clock.instant(),
                        "a release is watched before it is kept");
        told = journal.get().append(Entry.of(event));
    }

    private void takeEvent(Future<?> done) {
        try {
            done.get();
            taken = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            fault = "the journal does not take an event: " + e.getMessage();
        }
    }

    private String document() {
        return "{\"number\":" + number + "}";
    }

    private void take(Future<?> done) {
        try {
            done.get();
            Optional<Checkpoints> database = parts.database();
            if (database.flatMap(one -> one.latest(OWNER))
                    .filter(one -> one.document().equals(document()))
                    .isEmpty()) {
                fault = "what was written cannot be read back";
                return;
            }
            proven = ticker.nanos();
            ever = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | JournalReadException e) {
            fault = "the database does not commit: " + e.getMessage();
        }
    }
}
