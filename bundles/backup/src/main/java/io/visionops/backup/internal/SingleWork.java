package io.visionops.backup.internal;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupStatus.Stage;
import io.visionops.api.subject.Actor;
import io.visionops.backup.internal.work.BackupJournal;
import io.visionops.backup.internal.work.Stages;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.log.LogContext;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one work at a time by a thread of its own, and tells what came of it. Thread-safe. */
final class SingleWork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SingleWork.class);
    private static final long STOP_SECONDS = 10;
    private static final String BACKUP = "backup";

    private final Stages stages;
    private final BackupJournal journal;
    private final Runnable ended;
    private final Clock clock;
    private final ExecutorService thread = DaemonThreads.inOrder("visionops-backup");
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile Optional<Instant> failed = Optional.empty();

    /** What is to be done. */
    interface Work {
        /** Returns what came of it, in one line. */
        String run() throws BackupException, IOException, InterruptedException;
    }

    private record Outcome(boolean good, String detail) {}

    /**
     * @param ended called when a work has ended, before anybody is told
     */
    SingleWork(Stages stages, BackupJournal journal, Runnable ended, Clock clock) {
        this.stages = stages;
        this.journal = journal;
        this.ended = ended;
        this.clock = clock;
    }

    /** Is one under way, or just being finished? */
    boolean isBusy() {
        return busy.get();
    }

    /** When the last backup failed; empty when it did not. */
    Optional<Instant> failed() {
        return failed;
    }

    /**
     * Begins one.
     *
     * @param work {@code backup}, {@code verify} or {@code restore}
     * @throws BackupException when another is under way
     */
    void begin(String work, String id, Stage stage, Actor by, Work todo) throws BackupException {
        begin(work, id, stage, by, todo, outcome -> {});
    }

    /**
     * Does one and waits for it.
     *
     * @return what came of it
     * @throws BackupException when another is under way, or it fails
     */
    String await(String work, String id, Stage stage, Actor by, Work todo)
            throws BackupException, InterruptedException {
        BlockingQueue<Outcome> outcomes = new ArrayBlockingQueue<>(1);
        begin(work, id, stage, by, todo, outcomes::add);
        Outcome outcome = outcomes.take();
        if (!outcome.good()) {
            throw new BackupException(outcome.detail());
        }
        return outcome.detail();
    }

    private void begin(
            String work, String id, Stage stage, Actor by, Work todo, Consumer<Outcome> then)
            throws BackupException {
        if (!busy.compareAndSet(false, true)) {
            throw new BackupException(
                    "a "
                            + stages.now().work()
                            + " is under way; backup-status shows how far it is");
        }
        stages.begin(work, id, stage);
        try {
            thread.execute(LogContext.carried(() -> then.accept(run(work, by, todo))));
        } catch (RejectedExecutionException e) {
            busy.set(false);
            throw new BackupException("the part is being stopped", e);
        }
    }

    private Outcome run(String work, Actor by, Work todo) {
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
        try {
            String done = todo.run();
            if (work.equals(BACKUP)) {
                failed = Optional.empty();
            }
            return end(work, Stage.DONE, done, by);
        } catch (InterruptedException e) {
            return end(work, Stage.FAILED, "the part is being stopped", by);
        } catch (BackupException | IOException e) {
            return failure(work, line(e), by);
        } catch (RuntimeException | Error e) {
            MachineErrors.endIf(e);
            LOG.error("a {} failed", work, e);
            return failure(work, "unexpected: " + e, by);
        } finally {
            busy.set(false);
        }
    }

    private Outcome failure(String work, String why, Actor by) {
        if (work.equals(BACKUP)) {
            failed = Optional.of(clock.instant());
        }
        LOG.error("{} failed: {}", work, why);
        return end(work, Stage.FAILED, why, by);
    }

    private Outcome end(String work, Stage stage, String detail, Actor by) {
        String id = stages.now().id();
        boolean good = stage == Stage.DONE;
        ended.run();
        stages.end(stage, detail);
        if (good) {
            LOG.info("{}: {}", work, detail);
        }
        journal.tell(work, id, good, detail, by);
        return new Outcome(good, detail);
    }

    /** What went wrong, for a person. */
    static String line(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message.replaceAll("\\s+", " ");
    }

    @Override
    public void close() {
        stages.stop();
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a {} does not end", stages.now().work());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
