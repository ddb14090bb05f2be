package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Incident;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.journal.Event;
import io.visionops.api.query.CountQuery;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.query.JournalReader;
import io.visionops.api.query.LineCount;
import io.visionops.testkit.FakeCamera;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.ServiceRegistration;

class StatusTest extends ShellTest {

    private final FakeCameras cameras = new FakeCameras();
    private final FakeJournalReader reader = new FakeJournalReader();
    private final List<AnalysisStatus> analyses = new ArrayList<>();

    private ServiceRegistration<Cameras> cameraService;
    private ServiceRegistration<JournalReader> readerService;

    @BeforeEach
    void offer() {
        cameraService = console.offer(Cameras.class, cameras);
        readerService = console.offer(JournalReader.class, reader);
        console.offer(Analyses.class, () -> List.copyOf(analyses));
        console.offer(ChildProcesses.class, new OtherCommandsTest.OneChild());
    }

    private void camera(CameraStatus status, Optional<String> detector) {
        cameras.cameras.add(
                StillCamera.of(
                        FakeCamera.settings(status.camera()),
                        status,
                        new FrameCounts(0, 0, 0, Map.of(), 0)));
        AnalysisStatus.Latency none = new AnalysisStatus.Latency(Duration.ZERO, Duration.ZERO);
        analyses.add(
                new AnalysisStatus(
                        status.camera(), detector, 5, Map.of(), none, none, Optional.empty()));
    }

    private void frontIsWell() {
        camera(StillCamera.streaming("front"), Optional.of("yolox-nano"));
    }

    @Test
    void allIsWell() {
        frontIsWell();
        reader.lines =
                List.of(
                        new LineCount(
                                "front",
                                "door",
                                "person",
                                Event.Direction.IN,
                                OptionalLong.of(3),
                                Instant.parse("2026-01-01T00:00:00Z"),
                                NOW,
                                0.5));

        String screen = console.run("visionops:status");

        assertThat(screen.lines().findFirst())
                .hasValueSatisfying(
                        line -> assertThat(line).matches("VisionOps [\\d.]+: well, up .*"));
        assertThat(screen)
                .containsPattern("front .*STREAMING")
                .containsPattern("front .*door .*person .*in .*3 .*50 %")
                .contains("since 2026-01-01 00:00:00+00")
                .contains("detectors  yolox-nano (1)")
                .contains("database   12.3 MB and 1.0 MB of log, 5 entries waiting, commit 4.57 ms")
                .contains("children   1, 46.0 MB, 0.10 cores");
        assertThat(reader.queries)
                .contains(
                        new CountQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                                Optional.empty(),
                                CountQuery.Interval.ALL));
    }

    @Test
    void todayBeginsAtMidnightOfThoseWhoLookNotOfUtc() {
        frontIsWell();
        reader.zone = ZoneId.of("Asia/Kolkata");

        console.run("visionops:status");

        assertThat(reader.queries)
                .anyMatch(
                        one ->
                                one instanceof CountQuery query
                                        && query.from()
                                                .equals(
                                                        Optional.of(
                                                                Instant.parse(
                                                                        "2025-12-31T18:30:00Z"))));
    }

    @Test
    void aLineThatNobodyCanCrossIsAReason() {
        frontIsWell();
        cameras.warnings.add(
                new ConfigurationError(
                        "io.visionops.camera-front.cfg", "line.door: draw it elsewhere"));

        assertThat(console.run("visionops:status --json"))
                .contains("\"status\":\"degraded\"")
                .contains("io.visionops.camera-front.cfg: line.door: draw it elsewhere");
    }

    @Test
    void theStatusAsJson() {
        frontIsWell();
        cameras.refusals.add(
                new ConfigurationError("io.visionops.camera-x.cfg", "priority 11: must be 1..10"));

        assertThat(
                        console.run("visionops:status --json")
                                .replaceAll("\"since\":\"[^\"]*\"", "SINCE"))
                .isEqualTo(
                        """
                        {"status":"degraded",SINCE,"version":"7.0.5",\
                        "reasons":["io.visionops.camera-x.cfg is refused: priority 11: must be 1..10"],\
                        "cameras":[{"camera":"front","state":"STREAMING",SINCE,"cause":null,\
                        "fps":24.99,"analysedFps":5.0,"width":1920,"height":1080,\
                        "lastFrame":"2026-01-01T11:59:59.987Z","reconnects":2,"failures":0,\
                        "url":"rtsp://***@10.0.0.1/s","decoder":{"pid":42,"address":1,\
                        "transport":"udp","level":"reduced","memory":45000000,"cpuSeconds":1.5,\
                        "load":0.123}}],\
                        "refusals":[{"file":"io.visionops.camera-x.cfg",\
                        "reason":"priority 11: must be 1..10"}],\
                        "database":{"file":"/data/visionops.db","bytes":12345678,\
                        "walBytes":1000000,"schemaVersion":3,"rows":{"counts":7,"events":42},\
                        "queued":5,"commits":1000,"commitP95Ms":4.57,"rejected":1,"clockTrouble":null}}
                        """);
    }

    @Test
    void withoutACameraAllIsWellButItIsSaid() {
        assertThat(console.run("visionops:status --json"))
                .startsWith("{\"status\":\"well\"")
                .contains(
                        "\"reasons\":[\"no camera is configured: add one with camera-add NAME"
                                + " URL\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "STREAMING,well",
        "IDLE,well",
        "DISABLED,well",
        "CONNECTING,degraded",
        "DEGRADED,degraded",
        "BACKOFF,degraded",
        "OFFLINE,degraded"
    })
    void theStateOfOneCameraDecides(CameraState state, String word) {
        frontIsWell();
        camera(
                StillCamera.lost("back", state, new Fault(Cause.TIMEOUT, "")),
                Optional.of("yolox-nano"));

        String document = console.run("visionops:status --json");

        assertThat(document).startsWith("{\"status\":\"" + word + "\"");
        assertThat(document.contains("camera back is " + state + ": timeout: the camera does not"))
                .isEqualTo(word.equals("degraded"));
    }

    @Test
    void aCameraThatIsPausedIsSaidWithWhoAskedForIt() {
        frontIsWell();
        Fault paused = new Fault(Cause.PAUSED, "by part/governor: memory");
        camera(StillCamera.lost("back", CameraState.IDLE, paused), Optional.empty());

        assertThat(console.run("visionops:status --json"))
                .startsWith("{\"status\":\"degraded\"")
                .contains(
                        "camera back is IDLE: paused: decoding is paused (by part/governor:"
                                + " memory)");
    }

    @Test
    void camerasThatAreLostForOneCauseAreOneLine() {
        frontIsWell();
        for (String name : List.of("back", "side", "roof")) {
            camera(
                    StillCamera.lost(name, CameraState.BACKOFF, new Fault(Cause.TIMEOUT, "")),
                    Optional.of("yolox-nano"));
        }
        cameras.incidents.add(
                new Incident(NOW, List.of("back", "side"), "2 of 2 cameras behind 10.0.0.5 lost"));

        String document = console.run("visionops:status --json");

        assertThat(document)
                .contains(
                        "\"reasons\":[\"2 of 2 cameras behind 10.0.0.5 lost (back, side)\","
                                + "\"camera roof is BACKOFF: timeout")
                .doesNotContain("camera back is")
                .contains("\"camera\":\"back\",\"state\":\"BACKOFF\"");
    }

    @Test
    void aStreamWithoutADetectorIsDegraded() {
        camera(StillCamera.streaming("front"), Optional.empty());

        assertThat(console.run("visionops:status"))
                .contains("degraded")
                .contains("camera front has no detector: nothing is counted")
                .contains("detectors  none");
    }

    @Test
    void aDatabaseThatCannotBeReadIsCritical() {
        frontIsWell();
        reader.broken = Optional.of(new JournalReadException("the file is not a database", null));

        assertThat(console.run("visionops:status --json"))
                .startsWith("{\"status\":\"critical\"")
                .contains("\"reasons\":[\"the database fails: the file is not a database\"]")
                .endsWith("\"database\":null}\n");
        assertThat(console.run("visionops:status")).contains("database   not available");
    }

    @Test
    void aMissingPartIsCriticalAndTheRestIsShown() {
        frontIsWell();
        readerService.unregister();

        assertThat(console.run("visionops:status"))
                .contains(
                        "the database is not available: bundle io.visionops.store is not installed")
                .containsPattern("front .*STREAMING")
                .contains(": critical, up");
        cameraService.unregister();

        assertThat(console.run("visionops:status --json"))
                .startsWith("{\"status\":\"critical\"")
                .doesNotContain("no camera is configured");
    }
}
