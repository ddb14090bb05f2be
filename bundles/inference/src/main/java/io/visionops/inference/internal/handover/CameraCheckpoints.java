package io.visionops.inference.internal.handover;

import io.visionops.api.journal.JournalException;
import io.visionops.api.time.Ticker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When what is known of one camera is saved: every half minute, when somebody asks for it, and at
 * the end. Saved by the camera's thread alone; {@link #request} and {@link #last} are for any.
 */
public final class CameraCheckpoints {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(30);

    private final String camera;
    private final AnalysisCheckpoints checkpoints;
    private final Ticker ticker;

    /** Whom the next checkpoint is told to; null: nobody waits for one. */
    private final AtomicReference<@Nullable CompletableFuture<Boolean>> asked =
            new AtomicReference<>();

    private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private volatile boolean ended;
    private long next;

    public CameraCheckpoints(String camera, AnalysisCheckpoints checkpoints, Ticker ticker) {
        this.camera = camera;
        this.checkpoints = checkpoints;
        this.ticker = ticker;
        this.next = ticker.nanos() + INTERVAL;
    }

    /**
     * Asks for a checkpoint.
     *
     * @return completes when that is committed, false when there was nothing to save; fails when it
     *     cannot be written; stays open while the camera's thread does not come by
     */
    public CompletableFuture<Boolean> request() {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> other = asked.compareAndExchange(null, mine);
        // The thread may have come to its end before it could see the request.
        if (ended) {
            answer(true);
        }
        return other == null ? mine : other;
    }

    /** The checkpoint that was written last. */
    public CompletableFuture<Void> last() {
        return last;
    }

    /**
     * Saves when that is due or asked for; to be called between two frames.
     *
     * @param flush gives the journal what was found so far; called before a checkpoint that
     *     somebody has asked for, who expects both to be at the same point
     * @param memory what is known now; empty when there is nothing that needs to be known
     */
    public void saveWhenDue(Runnable flush, Supplier<Optional<CameraMemory>> memory) {
        long now = ticker.nanos();
        boolean wanted = asked.get() != null;
        if (!wanted && now - next < 0) {
            return;
        }
        next = now + INTERVAL;
        if (wanted) {
            flush.run();
        }
        Optional<CameraMemory> known = memory.get();
        known.ifPresent(this::save);
        if (wanted) {
            answer(known.isPresent());
        }
    }

    /** Saves what is known after the last frame. */
    public void saveLast(CameraMemory memory) {
        save(memory.asLast());
    }

    /**
     * The thread has ended: nothing is saved any more, and who asks is told how the last checkpoint
     * went.
     *
     * @param saved false for a thread that was given up and has not saved at its end
     */
    public void end(boolean saved) {
        ended = true;
        answer(saved);
    }

    private void save(CameraMemory memory) {
        last = checkpoints.keep(camera, memory);
    }

    /** Tells who asked how the last checkpoint has ended. */
    private void answer(boolean saved) {
        CompletableFuture<Boolean> waiting = asked.getAndSet(null);
        if (waiting == null) {
            return;
        }
        if (!saved) {
            waiting.complete(false);
        } else if (!checkpoints.connected()) {
            waiting.completeExceptionally(new JournalException("there is no database"));
        } else {
            var unused =
                    last.whenComplete(
                            (done, failure) -> {
                                if (failure == null) {
                                    waiting.complete(true);
                                } else {
                                    waiting.completeExceptionally(failure);
                                }
                            });
        }
    }
}
