package io.visionops.updater.internal.install;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Has the database commit a small checkpoint, of which ten are kept, and reads it back, again and
 * again. For one thread.
 */
final class CommitProbe {

    private static final String OWNER = "updater.gate";
    private static final Duration EVERY = Duration.ofSeconds(3);

    private final Surroundings parts;
    private final Clock clock;
    private final Ticker ticker;
    private @Nullable Future<?> written;
    private long number;
    private long sent;
    private long proven;
    private boolean ever;
    private String fault = "nothing was committed yet";

    CommitProbe(Surroundings parts, Clock clock, Ticker ticker) {
        this.parts = parts;
        this.clock = clock;
        this.ticker = ticker;
        sent = ticker.nanos() - EVERY.toNanos();
        proven = ticker.nanos();
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
        boolean silent = now - sent > HealthGate.COMMIT.toNanos();
        if ((written == null || silent) && now - sent >= EVERY.toNanos()) {
            send(now);
        }
        return ever && now - proven < HealthGate.COMMIT.toNanos()
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
        written = database.get().save(new Checkpoint(OWNER, 1, clock.instant(), document()));
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
