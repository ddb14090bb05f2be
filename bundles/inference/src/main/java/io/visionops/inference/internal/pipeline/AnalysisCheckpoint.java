package io.visionops.inference.internal.pipeline;

import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.inference.internal.handover.AnalysisCheckpoints;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.support.journal.JournalFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Saves, when somebody asks for it, what the next start of this part goes on from: what is known of
 * each camera, and what the journal does not have yet. Used by one thread.
 */
final class AnalysisCheckpoint {

    private static final String JOURNAL = "inference.journal";

    private final List<String> committed = new ArrayList<>();
    private final Map<String, String> failed = new HashMap<>();

    /**
     * @param file for what the journal does not take in time; null: there is none
     * @param limit half of it is for the cameras, half for the journal
     */
    CheckpointResult save(
            List<CameraAnalysis> analyses,
            JournalBuffer journal,
            @Nullable JournalFile file,
            Duration limit)
            throws InterruptedException {
        Duration half = limit.dividedBy(2);
        long deadline = System.nanoTime() + half.toNanos();
        Map<String, CompletableFuture<Boolean>> asked = new TreeMap<>();
        for (CameraAnalysis analysis : analyses) {
            asked.put(AnalysisCheckpoints.owner(analysis.name()), analysis.checkpoint());
        }
        for (Map.Entry<String, CompletableFuture<Boolean>> one : asked.entrySet()) {
            await(one.getKey(), one.getValue(), deadline);
        }
        if (file != null) {
            secure(journal, file, half);
        }
        return new CheckpointResult(committed, failed);
    }

    private void await(String owner, CompletableFuture<Boolean> saved, long deadline)
            throws InterruptedException {
        try {
            if (saved.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                committed.add(owner);
            }
        } catch (TimeoutException e) {
            failed.put(owner, "its detector, or the database, does not come back");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            failed.put(owner, String.valueOf(cause.getMessage()));
        }
    }

    private void secure(JournalBuffer journal, JournalFile file, Duration patience)
            throws InterruptedException {
        try {
            journal.secure(file, patience);
            committed.add(JOURNAL);
        } catch (IOException e) {
            failed.put(JOURNAL, e.toString());
        }
    }
}
