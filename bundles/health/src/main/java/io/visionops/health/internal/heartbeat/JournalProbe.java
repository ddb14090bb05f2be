package io.visionops.health.internal.heartbeat;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the database commits: has a small checkpoint written again and again, of which ten
 * are kept. An answer counts, also one that says why it cannot be written; silence does not. For
 * one thread at a time.
 */
final class JournalProbe {

    static final Duration EVERY = Duration.ofSeconds(5);

    private static final String OWNER = "health.heartbeat";

    private final Clock clock;
    private final Ticker ticker;
    private final AtomicLong answers = new AtomicLong();
    private @Nullable Checkpoints asked;
    private boolean waiting;
    private long askedAt;
    private long answersBefore;

    JournalProbe(Clock clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Asks where it is time for that; how many answers there were so far. */
    long answers(Checkpoints checkpoints) {
        boolean other = !checkpoints.equals(asked);
        waiting = waiting && !other && answers.get() == answersBefore;
        long now = ticker.nanos();
        if (other || (!waiting && now - askedAt >= EVERY.toNanos())) {
            asked = checkpoints;
            askedAt = now;
            answersBefore = answers.get();
            waiting = true;
            checkpoints
                    .save(new Checkpoint(OWNER, 1, clock.instant(), "{}"))
                    .whenComplete((done, failure) -> answers.incrementAndGet());
        }
        return answers.get();
    }
}
