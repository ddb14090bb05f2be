package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthResult;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.query.JournalReader;
import io.visionops.api.subject.Actor;
import io.visionops.testkit.FakeCamera;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CapabilitiesTest extends ShellTest {

    private final FakeCameras cameras = new FakeCameras();
    private final List<AnalysisStatus> analyses = new ArrayList<>();
    private final List<HealthNode> checks = new ArrayList<>();

    private void offer() {
        console.offer(Cameras.class, cameras);
        console.offer(Analyses.class, () -> List.copyOf(analyses));
        console.offer(JournalReader.class, new FakeJournalReader());
        console.offer(
                HealthMonitor.class,
                new HealthMonitor() {
                    @Override
                    public Optional<HealthReport> report() {
                        return Optional.of(
                                new HealthReport(
                                        HealthStatus.OK,
                                        NOW,
                                        1,
                                        HealthStatus.OK,
                                        HealthStatus.OK,
                                        checks));
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

    private StillCamera camera(CameraStatus status, Optional<String> detector) {
        StillCamera camera =
                StillCamera.of(
                        FakeCamera.settings(status.camera()),
                        status,
                        new FrameCounts(0, 0, 0, Map.of(), 0));
        cameras.cameras.add(camera);
        AnalysisStatus.Latency none = new AnalysisStatus.Latency(Duration.ZERO, Duration.ZERO);
        analyses.add(
                new AnalysisStatus(
                        status.camera(), detector, 5, Map.of(), none, none, Optional.empty()));
        return camera;
    }

    private static HealthNode check(String name, HealthStatus status, String cause) {
        return new HealthNode(name, "store", status, cause, NOW, "", List.of());
    }

    private static String row(String name, String status, String detail, String reason) {
        return "{\"capability\":\""
                + name
                + "\",\"status\":\""
                + status
                + "\",\"detail\":\""
                + detail
                + "\",\"reason\":\""
                + reason
                + "\"}";
    }

    @Test
    void whatWorksIsFullAndWhatThisReleaseLacksIsAbsent() {
        offer();
        camera(StillCamera.streaming("front"), Optional.of("yolox-nano"));
        checks.add(check("visionops.health.watchdog", HealthStatus.OK, "answers"));

        assertThat(console.run("capabilities --json"))
                .contains(
                        row("cameras", "full", "1 of 1 watched", ""),
                        row("counting", "full", "1 of 1 counted", ""),
                        row("detectors", "full", "yolox-nano (1)", ""),
                        row("database", "full", "everything is written", ""),
                        row("snapshots", "full", "pictures of events are kept", ""),
                        "\"capability\":\"http\",\"status\":\"absent\"",
                        row("shell", "full", "commands are answered", ""),
                        row("health", "full", "checks are made", ""),
                        row("restarts", "full", "the watchdog starts the program again", ""),
                        "\"capability\":\"updates\",\"status\":\"absent\"");
    }

    @Test
    void whatIsReducedIsNamedWithWhoAsksForItAndWhy() {
        offer();
        camera(StillCamera.streaming("front"), Optional.of("yolox-nano"));
        camera(StillCamera.streaming("yard"), Optional.of("motion"))
                .request(
                        new LevelRequest(
                                Actor.part("governor"), ServiceLevel.MOTION_ONLY, "memory"));
        camera(
                StillCamera.lost("back", CameraState.OFFLINE, new Fault(Cause.TIMEOUT, "")),
                Optional.empty());

        String answer = console.run("capabilities --json");

        assertThat(answer)
                .contains(
                        row(
                                "cameras",
                                "reduced",
                                "2 of 3 watched",
                                "yard: motion in key frames only (part/governor: memory); back is"
                                        + " OFFLINE: the camera does not answer"),
                        row(
                                "counting",
                                "reduced",
                                "2 of 3 counted",
                                "yard: motion in key frames only; back is OFFLINE"),
                        row("detectors", "full", "motion (1), yolox-nano (1)", ""));
    }

    @Test
    void aDetectorThatIsNotAtWorkIsNamed() {
        offer();
        camera(
                StillCamera.lost(
                        "front",
                        CameraState.DEGRADED,
                        new Fault(Cause.DETECTOR, "model-install yolox-nano")),
                Optional.of("motion"));

        assertThat(console.run("capabilities --json"))
                .contains(
                        row(
                                "detectors",
                                "reduced",
                                "motion (1)",
                                "front: the detector that it needs is not at work, model-install"
                                        + " yolox-nano"));
    }

    @Test
    void aDatabaseThatIsNotWrittenIsAbsent() {
        offer();
        checks.add(check("visionops.store.write", HealthStatus.CRITICAL, "no room"));

        assertThat(console.run("capabilities --json"))
                .contains(row("database", "absent", "", "visionops.store.write: no room"));
        assertThat(console.run("capabilities")).containsPattern("database .*absent .*no room");
    }

    @Test
    void withoutPartsEachOfThemIsNamed() {
        assertThat(console.run("capabilities --json"))
                .contains(
                        "the camera service is not available",
                        "the analysis is not available",
                        "the database is not available",
                        "the health monitor is not available",
                        "\"capability\":\"shell\",\"status\":\"full\"");
    }
}
