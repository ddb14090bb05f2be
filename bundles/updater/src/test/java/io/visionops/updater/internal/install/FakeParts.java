package io.visionops.updater.internal.install;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.Incident;
import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthResult;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.journal.Journal;
import io.visionops.api.query.JournalReader;
import io.visionops.api.recovery.RecoveryAction;
import io.visionops.api.subject.Actor;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.InMemoryCheckpoints;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One camera, its analysis, a database and checks, all good until a test says otherwise. */
public final class FakeParts implements Surroundings {

    static final String CAMERA = "yard";

    private final ManualClock clock;
    final FakeCamera camera = new FakeCamera(FakeCamera.settings(CAMERA));
    final Map<String, HealthStatus> checks = new TreeMap<>();
    Supplier<List<Camera>> cameras = () -> List.of(camera);
    boolean streams = true;
    boolean analyses = true;
    Journal journal = new RecordingJournal();
    Optional<DatabaseCopies> copies = Optional.empty();
    List<CheckpointAction> checkpoints = List.of();
    Optional<Checkpoints> database = Optional.of(new InMemoryCheckpoints());

    public FakeParts(ManualClock clock) {
        this.clock = clock;
        checks.put("visionops.store.write", HealthStatus.OK);
        checks.put("visionops.health.cpu", HealthStatus.OK);
    }

    /** What the parts say at this moment. */
    void live() {
        camera.turn(
                streams ? CameraState.STREAMING : CameraState.BACKOFF,
                Optional.of(clock.instant()));
    }

    @Override
    public Optional<Cameras> cameras() {
        return Optional.of(new ListedCameras());
    }

    @Override
    public Optional<Analyses> analyses() {
        Optional<Instant> last = analyses ? Optional.of(clock.instant()) : Optional.empty();
        AnalysisStatus.Latency none = new AnalysisStatus.Latency(Duration.ZERO, Duration.ZERO);
        return Optional.of(
                () ->
                        List.of(
                                new AnalysisStatus(
                                        CAMERA, Optional.empty(), 10, Map.of(), none, none, last)));
    }

    @Override
    public Optional<HealthMonitor> health() {
        List<HealthNode> nodes =
                checks.entrySet().stream()
                        .map(
                                one ->
                                        new HealthNode(
                                                one.getKey(),
                                                "part",
                                                one.getValue(),
                                                "",
                                                clock.instant(),
                                                "",
                                                List.of()))
                        .toList();
        HealthReport report =
                new HealthReport(
                        HealthStatus.OK,
                        clock.instant(),
                        1,
                        HealthStatus.OK,
                        HealthStatus.OK,
                        nodes);
        return Optional.of(
                new HealthMonitor() {
                    @Override
                    public Optional<HealthReport> report() {
                        return Optional.of(report);
                    }

                    @Override
                    public boolean isOverdue() {
                        return false;
                    }

                    @Override
                    public List<HealthResult> history(String check) {
                        return List.of();
                    }
                });
    }

    @Override
    public Optional<Checkpoints> database() {
        return database;
    }

    @Override
    public Optional<Journal> journal() {
        return Optional.of(journal);
    }

    @Override
    public Optional<JournalReader> reader() {
        return Optional.empty();
    }

    @Override
    public Optional<DatabaseCopies> copies() {
        return copies;
    }

    @Override
    public List<CheckpointAction> checkpoints() {
        return checkpoints;
    }

    @Override
    public List<RecoveryAction> repairs() {
        return List.of();
    }

    private final class ListedCameras implements Cameras {

        @Override
        public List<Camera> list() {
            return cameras.get();
        }

        @Override
        public List<ConfigurationError> refusals() {
            return List.of();
        }

        @Override
        public List<Incident> incidents() {
            return List.of();
        }

        @Override
        public void add(String name, Map<String, String> settings, Actor by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(String name, Actor by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void enable(String name, boolean enabled, Actor by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ConnectionTest test(String nameOrUrl, Duration limit) throws CameraException {
            throw new UnsupportedOperationException();
        }
    }
}
