package io.visionops.updater.internal;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.camera.Cameras;
import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.journal.Journal;
import io.visionops.api.query.JournalReader;
import io.visionops.api.recovery.RecoveryAction;
import io.visionops.updater.internal.install.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The services of other parts, which come and go while these are swapped. Thread-safe. */
@Component(service = OtherParts.class)
public final class OtherParts implements Surroundings {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Cameras cameras;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Analyses analyses;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Journal journal;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable JournalReader reader;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable HealthMonitor health;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Checkpoints database;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable DatabaseCopies copies;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable FeaturesService features;

    /** Karaf registers it when all features of the boot are there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable BootFinished bootFinished;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<CheckpointAction> checkpoints = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<RecoveryAction> repairs = new CopyOnWriteArrayList<>();

    @Override
    public Optional<Cameras> cameras() {
        return Optional.ofNullable(cameras);
    }

    @Override
    public Optional<Analyses> analyses() {
        return Optional.ofNullable(analyses);
    }

    @Override
    public Optional<HealthMonitor> health() {
        return Optional.ofNullable(health);
    }

    @Override
    public Optional<Checkpoints> database() {
        return Optional.ofNullable(database);
    }

    @Override
    public Optional<Journal> journal() {
        return Optional.ofNullable(journal);
    }

    @Override
    public Optional<JournalReader> reader() {
        return Optional.ofNullable(reader);
    }

    @Override
    public Optional<DatabaseCopies> copies() {
        return Optional.ofNullable(copies);
    }

    @Override
    public List<CheckpointAction> checkpoints() {
        return List.copyOf(checkpoints);
    }

    @Override
    public List<RecoveryAction> repairs() {
        return List.copyOf(repairs);
    }

    Optional<FeaturesService> features() {
        return Optional.ofNullable(features);
    }

    boolean hasBooted() {
        return bootFinished != null;
    }
}
