package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraTrust;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.LoginScheme;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.Picture;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Polygon;
import io.visionops.api.geometry.Zone;
import io.visionops.api.secret.SecretStore;
import io.visionops.api.subject.Actor;
import io.visionops.testkit.FakeCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraCommandsTest extends ShellTest {

    private static final AnalysisStatus ANALYSIS =
            new AnalysisStatus(
                    "front",
                    Optional.of("motion"),
                    4.9876,
                    Map.of(),
                    new AnalysisStatus.Latency(Duration.ofNanos(1_604_000), Duration.ofMillis(2)),
                    new AnalysisStatus.Latency(Duration.ofMillis(20), Duration.ofMillis(110)),
                    Optional.empty());

    private static final CameraSettings FRONT =
            FakeCamera.settings(
                    "front",
                    List.of(new Line("door", new Point(0, 0), new Point(1, 1))),
                    List.of(
                            new Zone(
                                    "till",
                                    new Polygon(
                                            List.of(
                                                    new Point(0, 0),
                                                    new Point(1, 0),
                                                    new Point(1, 1))),
                                    Optional.empty(),
                                    OptionalInt.empty())));

    private static final FrameCounts FRAMES =
            new FrameCounts(100, 60, 30, Map.of("superseded", 8L, "failed", 2L), 1);

    private final FakeCameras cameras = new FakeCameras();

    @BeforeEach
    void offer() {
        console.offer(Cameras.class, cameras);
    }

    private void frontStreamsAndBackIsLost() {
        cameras.cameras.add(StillCamera.of(FRONT, StillCamera.streaming("front"), FRAMES));
        cameras.cameras.add(
                StillCamera.of(
                        FakeCamera.settings("back"),
                        StillCamera.lost(
                                "back",
                                CameraState.OFFLINE,
                                new Fault(Cause.UNAUTHORISED, "401 Unauthorized")),
                        new FrameCounts(0, 0, 0, Map.of(), 0)));
        console.offer(Analyses.class, () -> List.of(ANALYSIS));
    }

    @Test
    void theListOfCamerasAsJson() {
        frontStreamsAndBackIsLost();

        assertThat(console.run("camera-list --json"))
                .isEqualTo(
                        """
[{"camera":"front","state":"STREAMING","since":"2026-01-01T09:00:00.000Z",\
"cause":null,"fps":24.99,"analysedFps":4.99,"width":1920,"height":1080,\
"lastFrame":"2026-01-01T11:59:59.987Z","reconnects":2,"failures":0,\
"url":"rtsp://***@10.0.0.1/s","decoder":{"pid":42,"address":1,\
"transport":"udp","level":"reduced","memory":45000000,"cpuSeconds":1.5,\
"load":0.123}},\
{"camera":"back","state":"OFFLINE","since":"2026-01-01T11:00:00.500Z",\
"cause":"unauthorised: the camera refuses the user or password (401 Unauthorized)",\
"fps":0.0,"analysedFps":null,"width":null,"height":null,"lastFrame":null,\
"reconnects":7,"failures":8,"url":"rtsp://10.0.0.2/s",\
"decoder":null}]
""");
    }

    @Test
    void theListOfCamerasAsTable() {
        frontStreamsAndBackIsLost();

        assertThat(console.run("camera-list").lines())
                .hasSize(4)
                .anyMatch(
                        line ->
                                line.matches(
                                        "front .*STREAMING .*3h 0m ago .*24.99 .*4.99"
                                                + " .*1920x1080 .*0s ago .*"))
                .anyMatch(line -> line.matches("back .*OFFLINE .*user or password .*"));
    }

    @Test
    void noCameraIsSaid() {
        console.offer(Analyses.class, List::of);

        assertThat(console.run("camera-list")).contains("no camera is configured");
        assertThat(console.run("camera-list --json")).isEqualTo("[]\n");
    }

    @Test
    void namesInTablesCannotSteerTheTerminal() {
        console.offer(Analyses.class, List::of);
        cameras.cameras.add(
                StillCamera.of(
                        FRONT,
                        StillCamera.lost(
                                "front",
                                CameraState.BACKOFF,
                                new Fault(Cause.CRASHED, "\u001b[2Jgone\r\n\u0007\u009b1m")),
                        FRAMES));

        String table = console.run("camera-list");

        assertThat(table).contains("( [2Jgone 1m)").doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "camera-remove front#remove front",
                "camera-enable front#enable front true",
                "camera-disable front#enable front false",
                "camera-add front rtsp://u:p@h/s#add front {url=rtsp://u:p@h/s}",
                "camera-add front rtsp://h/s --set objects=person,car --set line.door=0,0"
                        + "#add front {line.door=0,0, objects=person,car, url=rtsp://h/s}",
                "camera-add --set priority=9 front rtsp://h/s#add front {priority=9,"
                        + " url=rtsp://h/s}",
                "camera-add 007 rtsp://h/s?a=1&b=$[secret:x]"
                        + "#add 007 {url=rtsp://h/s?a=1&b=$[secret:x]}",
                "camera-add front 'file:/a b.mp4' --set 'line.door=0.5,0 0.5,1'"
                        + "#add front {line.door=0.5,0 0.5,1, url=file:/a b.mp4}",
                "camera-add front \"file:/a.mp4\" '--set' \"pace=asap\""
                        + "#add front {pace=asap, url=file:/a.mp4}",
                "camera-add front file:/it's.mp4#add front {url=file:/it's.mp4}",
                "camera-add front file:/a.mp4 --set line.door='0.5,0 0.5,1' --set mask=\"0,0 1,1\""
                        + "#add front {line.door=0.5,0 0.5,1, mask=0,0 1,1, url=file:/a.mp4}",
                "camera-add front 'file:/it'\\''s a.mp4'#add front {url=file:/it's a.mp4}",
                "camera-add front \"file:/a \\\"b\\\" \\$c \\\\d\"#add front {url=file:/a \"b\" $c"
                        + " \\d}",
                "camera-add front \"file:/it's\"#add front {url=file:/it's}",
                "visionops:camera-add front file:/a.mp4#add front {url=file:/a.mp4}"
            })
    void changesReachTheCameraService(String line, String change) {
        String printed = console.run(line);

        assertThat(cameras.changes).containsExactly(change);
        assertThat(printed.lines()).hasSize(line.contains("u:p@") ? 2 : 1);
        assertThat(printed).doesNotContain("u:p");
    }

    @Test
    void aPasswordFromAFileBecomesASecretAndIsNotPrinted(@TempDir Path folder) throws IOException {
        FakeSecretStore secrets = new FakeSecretStore();
        console.offer(SecretStore.class, secrets);
        Path file = Files.writeString(folder.resolve("pw"), "p@s/s:w?o#r%d \u00fc*\n");

        String printed =
                console.run(
                        "camera-add front rtsp://h:8554/s?a=1 --user 'ad min' --password-file "
                                + file);

        assertThat(cameras.changes)
                .containsExactly(
                        "add front {url=rtsp://ad%20min:$[secret:camera-front]@h:8554/s?a=1}");
        assertThat(printed).isEqualTo("camera front is added\n");
        assertThat(secrets.values).containsEntry("camera-front", "p@s/s:w?o#r%d \u00fc*");

        console.run("camera-add back rtsp://me@h/s --password --password-file " + file);
        assertThat(cameras.changes).contains("add back {url=rtsp://me:$[secret:camera-back]@h/s}");
    }

    @Test
    void aCameraThatIsRefusedLeavesNoSecret(@TempDir Path folder) throws IOException {
        FakeSecretStore secrets = new FakeSecretStore();
        console.offer(SecretStore.class, secrets);
        Path file = Files.writeString(folder.resolve("pw"), "x\n");
        cameras.refuses = Optional.of(new CameraException("url: is not possible"));

        assertThat(console.fail("camera-add front rtsp://me@h/s --password-file " + file))
                .isEqualTo("url: is not possible\n");
        console.fail("camera-add 'b/c' rtsp://me@h/s --password-file " + file);

        assertThat(secrets.values).isEmpty();
    }

    @Test
    void theSecretOfAnotherIsNotTaken(@TempDir Path folder) throws IOException {
        FakeSecretStore secrets = new FakeSecretStore();
        console.offer(SecretStore.class, secrets);
        Path file = Files.writeString(folder.resolve("pw"), "x\n");
        secrets.values.put("camera-front", "kept");
        secrets.values.put("camera-back", "kept");
        cameras.cameras.add(StillCamera.of(FRONT, StillCamera.streaming("front"), FRAMES));
        cameras.refuses = Optional.of(new CameraException("camera front exists"));

        assertThat(console.fail("camera-add front rtsp://me@h/s --password-file " + file))
                .isEqualTo("camera front exists\n");
        assertThat(console.fail("camera-add back rtsp://me@h/s --password-file " + file))
                .startsWith("there is a secret camera-back already: remove it");

        assertThat(secrets.values)
                .containsEntry("camera-front", "kept")
                .containsEntry("camera-back", "kept");
    }

    @Test
    void theSecretThatWasMadeWithACameraGoesWithIt() {
        FakeSecretStore secrets = new FakeSecretStore();
        console.offer(SecretStore.class, secrets);
        secrets.values.put("camera-front", "x");
        secrets.values.put("camera-back", "x");
        secrets.values.put("other", "x");
        cameras.secrets.put("front", Set.of("camera-front", "other"));
        cameras.secrets.put("back", Set.of("other"));

        console.run("camera-remove front");
        console.run("camera-remove back");

        assertThat(secrets.values.keySet()).containsExactly("camera-back", "other");
    }

    @Test
    void theSecretOfARemovedCameraStaysWhileAnotherNamesIt() {
        FakeSecretStore secrets = new FakeSecretStore();
        console.offer(SecretStore.class, secrets);
        secrets.values.put("camera-front", "x");
        cameras.secrets.put("front", Set.of("camera-front"));
        cameras.secrets.put("back", Set.of("camera-front"));

        assertThat(console.run("camera-remove front"))
                .isEqualTo("camera front is removed; what it counted stays\n");

        assertThat(secrets.values).containsKey("camera-front");
    }

    @Test
    void aPasswordOnTheCommandLineIsTakenAndWarnedOf() {
        assertThat(console.run("camera-add front rtsp://me:s3cret@h/s"))
                .contains("better leave it out and give --user")
                .doesNotContain("s3cret");
        assertThat(console.run("camera-add back rtsp://me@h/s")).doesNotContain("better");
        assertThat(console.run("camera-add side 'rtsp://me:$[secret:x]@h/s'"))
                .doesNotContain("better");
    }

    @Test
    void aUserIsAskedForThePasswordOrThereIsALine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pw"), "x");

        console.offer(SecretStore.class, new FakeSecretStore());
        assertThat(console.fail("camera-test rtsp://h/s --password-file " + file))
                .isEqualTo("--password-file needs --user\n");
        assertThat(console.fail("camera-add front rtsp://h/s --password-file " + file))
                .isEqualTo("a password needs a user: give --user\n");
        assertThat(console.fail("camera-add front rtsp://me:x@h/s --password"))
                .isEqualTo("the address holds a password already\n");
        assertThat(console.fail("camera-add front rtsp://h/s --user me"))
                .startsWith("there is no terminal to ask for the password");
        assertThat(console.fail("camera-add a rtsp://u@h/ --user me --password-file " + file))
                .isEqualTo("--user: the address names a user already\n");
        assertThat(console.fail("camera-add a file:/x.mp4 --user me --password-file " + file))
                .isEqualTo("--user: only an address with :// has a user\n");
        assertThat(cameras.changes).isEmpty();
    }

    @Test
    void theThreadThatWritesLogLinesIsNotNamedByTheAddress() {
        console.run("camera-add front rtsp://me:s3cret@h/s");

        assertThat(cameras.threads).containsExactly("visionops-shell-CameraAdd");
    }

    @Test
    void changesAsJson() {
        assertThat(console.run("camera-add front rtsp://h/s --json"))
                .isEqualTo("{\"camera\":\"front\",\"done\":\"added\"}\n");
        assertThat(console.run("camera-remove front --json"))
                .isEqualTo("{\"camera\":\"front\",\"done\":\"removed\"}\n");
        assertThat(console.run("camera-enable front --json"))
                .isEqualTo("{\"camera\":\"front\",\"done\":\"enabled\"}\n");
        assertThat(console.run("camera-disable --json front"))
                .isEqualTo("{\"camera\":\"front\",\"done\":\"disabled\"}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera-add front rtsp://h/s",
                "camera-remove front",
                "camera-enable front",
                "camera-disable front",
                "camera-test front"
            })
    void aRefusalIsOneLineWithoutThePassword(String line) {
        cameras.refuses =
                Optional.of(new CameraException("url: rtsp://me:s3cret@h/s\nis not possible"));

        assertThat(console.fail(line)).isEqualTo("url: rtsp://***@h/s is not possible\n");
        assertThat(console.fail(line + " --json"))
                .isEqualTo("url: rtsp://***@h/s is not possible\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "camera-add front rtsp://h/s --set fps#--set fps: must be key=value",
                "camera-add front rtsp://h/s --set a=1 --set a=2#--set a: given twice",
                "camera-add front rtsp://h/s --set url=x#--set url: given twice",
                "camera-add front rtsp://h/s --set#--set: its value is missing",
                "camera-add front#camera-add: URL is missing; it is camera-add NAME URL [options]",
                "camera-add#camera-add: NAME is missing; it is camera-add NAME URL [options]",
                "camera-remove a b#camera-remove: b is too many; it is camera-remove NAME"
                        + " [options]",
                "camera-list x#camera-list: x is too many; it is camera-list [options]",
                "camera-list --jsom#camera-list has no option --jsom; it has --json"
            })
    void aMistakeIsOneLine(String line, String said) {
        assertThat(console.fail(line)).isEqualTo(said + "\n");
        assertThat(cameras.changes).isEmpty();
    }

    private static ConnectionTest.Stage passed(String name, String found, String advice) {
        return new ConnectionTest.Stage(
                name,
                ConnectionTest.Result.PASSED,
                Duration.ofMillis(12),
                found,
                Optional.empty(),
                advice);
    }

    @Test
    void aTestThatPasses() {
        cameras.connection =
                new ConnectionTest(
                        List.of(
                                new ConnectionTest.AddressResult(
                                        "rtsp://***@10.0.0.1/s",
                                        List.of(
                                                passed(
                                                        "frame",
                                                        "640x360",
                                                        "Rarely a key frame.")))));

        assertThat(console.run("camera-test front --json"))
                .isEqualTo(
                        """
                        {"passed":true,"addresses":[{"url":"rtsp://***@10.0.0.1/s","passed":true,\
                        "stages":[{"name":"frame","result":"passed","tookMs":12,"found":"640x360",\
                        "cause":null,"advice":"Rarely a key frame."}]}]}
                        """);
        assertThat(console.run("camera-test rtsp://10.0.0.1/s --limit 60s").lines())
                .startsWith("rtsp://***@10.0.0.1/s")
                .anyMatch(line -> line.matches("frame .*ok .*12 ms .*640x360 *"))
                .endsWith("frame: Rarely a key frame.");
        assertThat(cameras.changes)
                .containsExactly("test front PT20S", "test rtsp://10.0.0.1/s PT1M");
    }

    @Test
    void aTestThatFailsIsAFailureOfTheCommand() {
        cameras.connection =
                new ConnectionTest(
                        List.of(
                                new ConnectionTest.AddressResult(
                                        "rtsp://***@10.0.0.1/s",
                                        List.of(passed("tcp", "port 554 is open", ""))),
                                new ConnectionTest.AddressResult(
                                        "rtsp://***@10.0.0.1/t",
                                        List.of(
                                                new ConnectionTest.Stage(
                                                        "login",
                                                        ConnectionTest.Result.FAILED,
                                                        Duration.ofMillis(3),
                                                        "wrong password",
                                                        Optional.of(Cause.UNAUTHORISED),
                                                        "Correct it."),
                                                new ConnectionTest.Stage(
                                                        "frame",
                                                        ConnectionTest.Result.NOT_TRIED,
                                                        Duration.ZERO,
                                                        "",
                                                        Optional.empty(),
                                                        "")))));

        assertThat(console.fail("camera-test front").lines())
                .anyMatch(line -> line.matches("tcp .*ok .*port 554 is open *"))
                .anyMatch(line -> line.matches("login .*FAILED .*3 ms.*wrong password *"))
                .anyMatch(line -> line.matches("frame .*not tried .*"))
                .contains("login: Correct it.")
                .endsWith("rtsp://***@10.0.0.1/t: login failed: wrong password");
        assertThat(console.fail("camera-test front --json"))
                .startsWith("{\"passed\":false,\"addresses\":[{\"url\":\"rtsp://***@10.0.0.1/s\"")
                .endsWith(
                        """
                        "stages":[{"name":"login","result":"failed","tookMs":3,\
                        "found":"wrong password","cause":"unauthorised","advice":"Correct it."},\
                        {"name":"frame","result":"not-tried","tookMs":null,"found":null,\
                        "cause":null,"advice":null}]}]}
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "121s", "soon", "5m", "99999999999s"})
    void aLimitOfATestIsSecondsWithinBounds(String limit) {
        assertThat(console.fail("camera-test front --limit " + limit))
                .isEqualTo("--limit " + limit + ": must be 2s to 120s\n");
        assertThat(cameras.changes).isEmpty();
    }

    @Test
    void reconnectReachesTheCamera() {
        StillCamera front = StillCamera.of(FRONT, StillCamera.streaming("front"), FRAMES);
        cameras.cameras.add(front);

        assertThat(console.run("camera-reconnect front --json"))
                .isEqualTo("{\"camera\":\"front\",\"done\":\"reconnecting\"}\n");
        assertThat(console.run("camera-reconnect front"))
                .isEqualTo("camera front is connecting anew\n");

        assertThat(front.reconnects()).hasValue(2);
        assertThat(console.fail("camera-reconnect side"))
                .isEqualTo("there is no camera side; there is front\n");
    }

    @Test
    void howMuchIsDecodedReachesTheCamera() {
        StillCamera front = StillCamera.of(FRONT, StillCamera.streaming("front"), FRAMES);
        cameras.cameras.add(front);

        assertThat(console.run("camera-level front keyframes --json"))
                .isEqualTo(
                        "{\"camera\":\"front\",\"level\":\"keyframes\",\"fps\":null,"
                                + "\"requests\":[{\"by\":\"part/shell\",\"level\":\"keyframes\","
                                + "\"fps\":null,\"reason\":\"\"}]}\n");
        assertThat(console.run("camera-level front 2 --reason \"too hot\" --json"))
                .isEqualTo(
                        "{\"camera\":\"front\",\"level\":\"reduced\",\"fps\":2,"
                                + "\"requests\":[{\"by\":\"part/shell\",\"level\":\"reduced\","
                                + "\"fps\":2,\"reason\":\"too hot\"}]}\n");
        assertThat(front.requests())
                .containsExactly(
                        new LevelRequest(Actor.part("shell"), ServiceLevel.reduced(2), "too hot"));
        assertThat(console.run("camera-level front motion"))
                .isEqualTo(
                        "camera front is to decode key frames only and look for motion alone until"
                                + " the next start\n");
        assertThat(console.run("camera-level front paused"))
                .isEqualTo("camera front is paused until the next start\n");
        assertThat(console.run("camera-level front full"))
                .isEqualTo("camera front is to decode everything until the next start\n");
        assertThat(front.requests()).isEmpty();
    }

    @Test
    void whoAsksForWhichLevelIsShownAndTheLowestWins() {
        StillCamera front = StillCamera.of(FRONT, StillCamera.streaming("front"), FRAMES);
        cameras.cameras.add(front);
        front.request(new LevelRequest(Actor.part("governor"), ServiceLevel.PAUSED, "memory 91 %"));

        assertThat(console.run("camera-level front 2"))
                .isEqualTo(
                        "camera front is paused until the next start\n"
                                + "that is the lowest of what is asked for, by part/governor\n");

        assertThat(console.run("camera-level front"))
                .startsWith("camera front is paused\n")
                .containsSubsequence(
                        "part/governor", "paused", "memory 91 %", "part/shell", "2 fps");
        assertThat(console.run("camera-level front --json"))
                .startsWith("{\"camera\":\"front\",\"level\":\"paused\",\"fps\":null,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "31", "2.5", "FULL", "half"})
    void aLevelThatIsNoneIsRefused(String level) {
        StillCamera front = StillCamera.of(FRONT, StillCamera.streaming("front"), FRAMES);
        cameras.cameras.add(front);

        assertThat(console.fail("camera-level front " + level))
                .isEqualTo(
                        "LEVEL = "
                                + level
                                + ": must be full, 1..30 frames a second, keyframes, motion or"
                                + " paused\n");
        assertThat(front.requests()).isEmpty();
    }

    @Test
    void aViewIsAccepted() {
        StillCamera front = StillCamera.of(FRONT, StillCamera.streaming("front"), FRAMES);
        cameras.cameras.add(front);

        assertThat(console.run("camera-accept-view front --json"))
                .isEqualTo("{\"camera\":\"front\",\"done\":\"view accepted\"}\n");

        assertThat(front.acceptedViews()).hasValue(1);
        assertThat(console.fail("camera-accept-view side"))
                .isEqualTo("there is no camera side; there is front\n");
    }

    @Test
    void whatACameraIsKnownByIsShownAndAcceptedWhenItHasChanged() {
        StillCamera front = StillCamera.of(FRONT, StillCamera.streaming("front"), FRAMES);
        cameras.cameras.add(front);
        CameraIdentity digest = new CameraIdentity(LoginScheme.DIGEST_MD5, Optional.of("ab12"));
        CameraIdentity clear = new CameraIdentity(LoginScheme.BASIC, Optional.of("ab12"));
        front.trust()
                .add(
                        new CameraTrust(
                                "rtsps://10.0.0.1:322", Optional.of(digest), Optional.of(clear)));

        assertThat(console.run("camera-trust front"))
                .isEqualTo(
                        """
                        rtsps://10.0.0.1:322
                          remembered: login digest-md5, certificate with public key ab12
                          refused:    login basic, certificate with public key ab12
                        If the camera was changed on purpose: camera-trust --accept front
                        """);
        assertThat(console.run("camera-trust --accept front --json"))
                .isEqualTo(
                        "{\"camera\":\"front\",\"accepted\":true,\"addresses\":[{\"address\":"
                                + "\"rtsps://10.0.0.1:322\",\"known\":{\"login\":\"basic\","
                                + "\"certificate\":\"ab12\"},\"refused\":null}]}\n");
        assertThat(console.fail("camera-trust --accept front"))
                .isEqualTo("camera front: nothing was refused, so there is nothing to accept\n");
    }

    @Test
    void severalCamerasAreReconnectedAtOnceAndSmoothlyIfWanted() {
        frontStreamsAndBackIsLost();
        StillCamera front = (StillCamera) cameras.cameras.get(0);

        assertThat(console.run("camera-reconnect --all --smooth --json"))
                .isEqualTo("{\"camera\":\"front,back\",\"done\":\"reconnecting\"}\n");
        assertThat(console.run("camera-reconnect front --smooth"))
                .isEqualTo("camera front is connecting anew\n");

        assertThat(front.renewals()).hasValue(2);
        assertThat(front.reconnects()).hasValue(0);
        assertThat(console.fail("camera-reconnect")).isEqualTo("name a camera, or --all\n");
        assertThat(console.fail("camera-reconnect front --all"))
                .isEqualTo("name a camera, or --all\n");
    }

    private void frontHasAPicture() {
        Picture picture =
                new Picture(
                        "front",
                        Instant.parse("2026-01-01T11:59:59Z"),
                        640,
                        360,
                        new byte[] {1, 2});
        cameras.cameras.add(
                new StillCamera(
                        FRONT, StillCamera.streaming("front"), FRAMES, Optional.of(picture)));
    }

    @Test
    void aSnapshotIsWrittenToAFile() throws Exception {
        frontHasAPicture();
        Path file = folder.resolve("a.jpg");

        assertThat(console.run("camera-snapshot front a.jpg --json"))
                .isEqualTo(
                        "{\"camera\":\"front\",\"file\":\""
                                + file
                                + "\",\"bytes\":2,\"width\":640,\"height\":360,"
                                + "\"time\":\"2026-01-01T11:59:59.000Z\"}\n");
        assertThat(file).hasBinaryContent(new byte[] {1, 2});
        assertThat(console.run("camera-snapshot front " + folder + "/b.jpg"))
                .isEqualTo(folder + "/b.jpg: 640x360 of 2026-01-01T11:59:59.000Z, 2 B\n");
        try (var left = Files.list(folder)) {
            assertThat(left.map(one -> one.getFileName().toString()))
                    .containsExactlyInAnyOrder("framework", "a.jpg", "b.jpg");
        }
    }

    @Test
    void aSnapshotReplacesAFileOnlyWhenForced() throws Exception {
        frontHasAPicture();
        Path file = Files.writeString(folder.resolve("a.jpg"), "old");

        assertThat(console.fail("camera-snapshot front a.jpg"))
                .isEqualTo(file + ": exists already; --force replaces it\n");
        assertThat(file).hasContent("old");
        console.run("camera-snapshot front a.jpg --force");

        assertThat(file).hasBinaryContent(new byte[] {1, 2});
    }

    @Test
    void aSnapshotThatCannotBeWrittenSaysWhy() throws Exception {
        frontHasAPicture();
        cameras.cameras.add(
                StillCamera.of(FakeCamera.settings("back"), StillCamera.streaming("back"), FRAMES));

        assertThat(console.fail("camera-snapshot front no/a.jpg"))
                .isEqualTo(folder + "/no/a.jpg: the folder does not exist\n");
        assertThat(console.fail("camera-snapshot front .")).isEqualTo(folder + ": is a folder\n");
        assertThat(console.fail("camera-snapshot front /proc/a.jpg").lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("/proc/a.jpg: cannot be written");
        assertThat(console.fail("camera-snapshot back a.jpg"))
                .isEqualTo("camera back has no picture\n");
        assertThat(console.fail("camera-snapshot side a.jpg"))
                .isEqualTo("there is no camera side; there is front, back\n");
    }

    @Test
    void framesAreAccountedFor() {
        frontStreamsAndBackIsLost();

        assertThat(console.run("frames --json"))
                .isEqualTo(
                        """
[{"camera":"front","received":100,"analysed":60,"gated":30,\
"dropped":{"failed":2,"superseded":8},"waiting":1,\
"detectMs":{"median":1.6,"p95":2.0},"commitMs":{"median":20.0,"p95":110.0}},\
{"camera":"back","received":0,"analysed":0,"gated":0,"dropped":{},"waiting":0,\
"detectMs":null,"commitMs":null}]
""");
        assertThat(console.run("frames"))
                .containsPattern(
                        "front .*100 .*60 .*30 .*failed 2, superseded 8 .*1 .*1.6 .*110.0");
    }

    @Test
    void argumentsAndOptionsAreCompleted() {
        frontStreamsAndBackIsLost();

        assertThat(console.complete("camera-r")).contains("camera-reconnect", "camera-remove");
        assertThat(console.complete("camera-remove ")).containsExactly("back", "front");
        assertThat(console.complete("camera-snapshot f")).containsExactly("front");
        assertThat(console.complete("camera-list --")).containsExactly("--help", "--json");
        assertThat(console.complete("counts --camera ")).containsExactly("back", "front");
        assertThat(console.complete("counts --line ")).containsExactly("door");
        assertThat(console.complete("counts --zone ")).containsExactly("till");
        assertThat(console.complete("counts --label ")).containsExactly("moving", "person");
        assertThat(console.complete("counts --interval "))
                .containsExactly("15m", "1d", "1h", "1m", "all");
    }
}
