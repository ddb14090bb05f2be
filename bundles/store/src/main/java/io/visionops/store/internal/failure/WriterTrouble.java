package io.visionops.store.internal.failure;

import io.visionops.api.time.Ticker;
import io.visionops.store.internal.sqlite.Faults;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong with the writing, counted and logged without repeating itself. Told by the writer
 * thread, read by any.
 */
public final class WriterTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(WriterTrouble.class);

    /** From one line about refused entries to the next: a faulty writer makes many of them. */
    private static final Duration REFUSALS = Duration.ofSeconds(10);

    private final Ticker ticker;
    private final LongAdder rejected = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Cause of the last failure; written by the writer thread. */
    private volatile @Nullable String cause;

    // Confined to the writer thread:
    private long lastRefusal;

    public WriterTrouble(Ticker ticker) {
        this.ticker = ticker;
    }

    /** There was no room in the queue. */
    public void rejected() {
        rejected.increment();
    }

    /** An entry can never be written. */
    public void refused(Exception failure) {
        refused.increment();
        long now = ticker.nanos();
        if (refused.sum() == 1 || now - lastRefusal >= REFUSALS.toNanos()) {
            lastRefusal = now;
            LOG.error(
                    "an entry is refused for good, {} so far: {}",
                    refused.sum(),
                    Faults.inWords(failure));
        }
    }

    /** A group was not written for a reason that was logged elsewhere. */
    public void failed() {
        failures.increment();
    }

    /** A group was not written. Says a cause once, however many groups meet it. */
    public void failed(Exception failure) {
        failures.increment();
        String now = Faults.inWords(failure);
        if (!now.equals(cause)) {
            LOG.error("the database cannot be written: {}", now);
            cause = now;
        }
    }

    /** A group was written. */
    public void over() {
        if (cause != null) {
            LOG.info("the database is written again");
            cause = null;
        }
    }

    public Optional<String> cause() {
        return Optional.ofNullable(cause);
    }

    public long rejections() {
        return rejected.sum();
    }

    public long refusals() {
        return refused.sum();
    }

    public long failures() {
        return failures.sum();
    }
}
