package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.support.journal.JournalFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is on the disk when somebody has asked for a checkpoint of the cameras. */
class CameraCheckpointTest extends FileRig {

    private Path saved(String file) {
        return folder.resolve("ingest").resolve(file);
    }

    private CheckpointResult save() throws InterruptedException {
        JournalFile unwritten = new JournalFile(saved("journal.jsonl").getParent());
        return new CameraCheckpoint(rig.registry, rig.context.journal(), unwritten)
                .save(Duration.ofSeconds(2));
    }

    private void stream() {
        rig.configure("front", "url", "file:" + clip, "loop", "true");
        rig.awaitState("front", CameraState.STREAMING);
    }

    @Test
    void whereEachCameraIsIsOnTheDisk() throws Exception {
        stream();
        Files.deleteIfExists(saved("front.handover"));

        CheckpointResult result = save();

        assertThat(result)
                .isEqualTo(
                        new CheckpointResult(List.of("ingest.front", "ingest.journal"), Map.of()));
        assertThat(saved("front.handover")).isNotEmptyFile();
        assertThat(saved("journal.jsonl")).doesNotExist();
    }

    @Test
    void whatTheJournalDoesNotTakeIsOnTheDiskUntilItDoes() throws Exception {
        rig.journal.setBroken(true);
        stream();

        assertThat(save().done()).isTrue();

        assertThat(saved("journal.jsonl")).isNotEmptyFile();
        rig.journal.setBroken(false);
        Rig.soon()
                .until(
                        () -> {
                            rig.context.journal().retry();
                            return Files.notExists(saved("journal.jsonl"));
                        });
        assertThat(rig.journal.events()).isNotEmpty();
    }

    @Test
    void aPartThatStopsSaysThatNothingIsSaved() throws Exception {
        stream();
        rig.registry.close(Duration.ofSeconds(2));

        assertThat(save().failed()).containsEntry("ingest.cameras", "ingest is being stopped");
    }
}
