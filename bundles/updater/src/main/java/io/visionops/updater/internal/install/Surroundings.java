package io.visionops.updater.internal.install;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.camera.Cameras;
import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.journal.Journal;
import io.visionops.api.query.JournalReader;
import io.visionops.api.recovery.RecoveryAction;
import java.util.List;
import java.util.Optional;

/** The other parts, as far as they are there at the moment. */
public interface Surroundings {

    Optional<Cameras> cameras();

    Optional<Analyses> analyses();

    Optional<HealthMonitor> health();

    Optional<Checkpoints> database();

    Optional<Journal> journal();

    Optional<JournalReader> reader();

    Optional<DatabaseCopies> copies();

    List<CheckpointAction> checkpoints();

    List<RecoveryAction> repairs();
}
