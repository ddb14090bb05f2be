package io.visionops.ingest.internal.camera;

import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.ingest.internal.coverage.CameraJournal;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import io.visionops.support.journal.JournalFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Saves, when somebody asks for it, what the next start of this part goes on from: where each
 * camera is, and what the journal does not have yet. Thread-safe.
 */
public final class CameraCheckpoint {

    private static final String CAMERAS = "ingest.cameras";
    private static final String JOURNAL = "ingest.journal";

    private final CameraRegistry registry;
    private final CameraJournal chronicle;
    private final JournalFile unwritten;

    /**
     * @param unwritten for what the journal does not take in time
     */
    public CameraCheckpoint(
            CameraRegistry registry, CameraJournal chronicle, JournalFile unwritten) {
        this.registry = registry;
        this.chronicle = chronicle;
        this.unwritten = unwritten;
    }

    /**
     * @param limit half of it is for the cameras, half for the journal
     */
    public CheckpointResult save(Duration limit) throws InterruptedException {
        Duration half = limit.dividedBy(2);
        List<String> committed = new ArrayList<>();
        Map<String, String> failed = new HashMap<>();
        try {
            CheckpointResult cameras = registry.betweenChanges(CameraCheckpoint::save, half);
            committed.addAll(cameras.committed());
            failed.putAll(cameras.failed());
        } catch (TimeoutException e) {
            failed.put(CAMERAS, "a change of cameras is not through");
        } catch (IllegalStateException e) {
            failed.put(CAMERAS, String.valueOf(e.getMessage()));
        }
        try {
            chronicle.secure(unwritten, half);
            committed.add(JOURNAL);
        } catch (IOException e) {
            failed.put(JOURNAL, e.toString());
        }
        return new CheckpointResult(committed, failed);
    }

    private static CheckpointResult save(List<StreamSupervisor> supervisors) {
        List<String> committed = new ArrayList<>();
        Map<String, String> failed = new HashMap<>();
        for (StreamSupervisor supervisor : supervisors) {
            String owner = "ingest." + supervisor.plan().camera();
            try {
                if (supervisor.save()) {
                    committed.add(owner);
                }
            } catch (IOException e) {
                failed.put(owner, e.toString());
            }
        }
        return new CheckpointResult(committed, failed);
    }
}
