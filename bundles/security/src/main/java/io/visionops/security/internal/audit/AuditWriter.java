package io.visionops.security.internal.audit;

import io.visionops.api.audit.AuditEntry;
import io.visionops.api.audit.AuditException;
import io.visionops.api.time.Ticker;
import io.visionops.security.internal.audit.chain.AuditLog;
import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.chain.Content;
import io.visionops.security.internal.audit.chain.KeyFolder;
import io.visionops.security.internal.audit.chain.LogFolder;
import io.visionops.security.internal.audit.chain.LogSettings;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import io.visionops.support.time.TrustedClock;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries by a thread of its own, in their order. What the disk does not take waits, up to a
 * number; what does not fit is counted, and the count is an entry when the disk takes entries
 * again. Thread-safe.
 */
final class AuditWriter implements AutoCloseable {

    static final int MOST_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration CHECKPOINT = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(90);
    private static final long STOP_SECONDS = 5;

    private record Waiting(AuditEntry entry, CompletableFuture<Void> written) {}

    private final LogFolder folder;
    private final KeyFolder keys;
    private final Clock clock;
    private final Ticker ticker;
    private final SecureRandom random;
    private final Consumer<Checkpoint> copies;

    private final ScheduledExecutorService thread = DaemonThreads.scheduler("visionops-audit");
    private final ConcurrentLinkedDeque<Waiting> queue = new ConcurrentLinkedDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();

    /** Confined to the thread, as what follows. */
    private @Nullable AuditLog log;

    /** Entries go by this one: a wall clock that has leapt would take all of them. */
    private @Nullable TrustedClock retention;

    private long lostToTell;
    private long checkpointAt;

    private volatile String trouble = "";
    private volatile long lines;
    private volatile Optional<Checkpoint> latest = Optional.empty();

    AuditWriter(
            LogFolder folder,
            KeyFolder keys,
            Clock clock,
            Ticker ticker,
            SecureRandom random,
            Consumer<Checkpoint> copies) {
        this.folder = folder;
        this.keys = keys;
        this.clock = clock;
        this.ticker = ticker;
        this.random = random;
        this.copies = copies;
    }

    void start() {
        RepeatedTask.schedule(thread, "the audit", Duration.ZERO, TICK, this::tick);
    }

    CompletableFuture<Void> append(AuditEntry entry) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            lost.incrementAndGet();
            written.completeExceptionally(
                    new AuditException(MOST_WAITING + " entries wait already: " + trouble));
            return written;
        }
        queue.add(new Waiting(entry, written));
        try {
            thread.execute(this::drain);
        } catch (RejectedExecutionException e) {
            written.completeExceptionally(new AuditException("the audit is being stopped", e));
        }
        return written;
    }

    private void tick() {
        drain();
        try {
            AuditLog open = opened();
            open.tick();
            if (latest.isEmpty() || ticker.nanos() - checkpointAt >= CHECKPOINT.toNanos()) {
                checkpoint(open);
                open.prune(retention(open).now().minus(KEPT));
            }
            lines = open.seq();
            trouble = "";
        } catch (IOException e) {
            failed(e);
        }
    }

    private void checkpoint(AuditLog open) throws IOException {
        Checkpoint made = open.checkpoint();
        latest = Optional.of(made);
        checkpointAt = ticker.nanos();
        copies.accept(made);
    }

    private AuditLog opened() throws IOException {
        AuditLog present = log;
        if (present == null) {
            present = AuditLog.open(folder, keys, LogSettings.DEFAULT, clock, ticker, random);
            log = present;
        }
        return present;
    }

    private TrustedClock retention(AuditLog open) {
        TrustedClock present = retention;
        if (present == null) {
            present =
                    new TrustedClock(
                            folder.path().resolve("retention.clock"), clock, ticker, open::leftAt);
            retention = present;
        }
        return present;
    }

    private void drain() {
        try {
            while (!queue.isEmpty()) {
                AuditLog open = opened();
                Waiting first = queue.getFirst();
                open.append(content(first.entry()));
                queue.removeFirst();
                waiting.decrementAndGet();
                lines = open.seq();
                first.written().complete(null);
                trouble = "";
            }
            tellLost();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void tellLost() throws IOException {
        long all = lost.get();
        AuditLog open = log;
        if (all > lostToTell && open != null) {
            open.append(
                    Content.own(
                            clock.instant(),
                            "audit-gap",
                            "failed",
                            (all - lostToTell) + " entries are lost: the disk did not take them"));
            lostToTell = all;
        }
    }

    private void failed(IOException e) {
        String words = e.getMessage() == null ? e.toString() : e.getMessage();
        if (!words.equals(trouble)) {
            LOG.error("the audit cannot be written: {}", words);
        }
        trouble = words;
    }

    private static Content content(AuditEntry entry) {
        return new Content(
                entry.time(),
                entry.actor().toString(),
                entry.action(),
                entry.object().toString(),
                entry.outcome(),
                entry.detail());
    }

    String trouble() {
        return trouble;
    }

    long lines() {
        return lines;
    }

    int waiting() {
        return waiting.get();
    }

    long lost() {
        return lost.get();
    }

    Optional<Checkpoint> latest() {
        return latest;
    }

    /** Writes what waits, seals, and ends. */
    @Override
    public void close() {
        thread.execute(this::end);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the disk does not take the end of the audit");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        drain();
        AuditLog open = log;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                failed(e);
            }
            log = null;
        }
    }
}
