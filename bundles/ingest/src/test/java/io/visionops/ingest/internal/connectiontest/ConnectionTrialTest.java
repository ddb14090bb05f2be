package io.visionops.ingest.internal.connectiontest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.ConnectionTest.AddressResult;
import io.visionops.api.camera.ConnectionTest.Result;
import io.visionops.api.camera.ConnectionTest.Stage;
import io.visionops.api.camera.LoginScheme;
import io.visionops.api.camera.Source;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderInstaller;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.ingest.internal.decoder.Pin;
import io.visionops.ingest.internal.decoder.RealServer;
import io.visionops.ingest.internal.decoder.SharedDecoder;
import io.visionops.ingest.internal.trust.Remembered;
import io.visionops.processes.internal.Children;
import io.visionops.processes.internal.HeldChildren;
import io.visionops.testkit.TlsFront;
import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.Login;
import io.visionops.testkit.rtsp.Mischief;
import io.visionops.testkit.rtsp.TestVideos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to fail has its stage, its cause and its advice; against real servers and a bad one. */
@Tag("slow")
class ConnectionTrialTest {

    private static final String LOGIN = "viewer:s3cret%21Pw";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final SharedDecoder DECODER = new SharedDecoder(new DecoderInstaller());

    @TempDir static Path folder;
    private static TestVideos videos;
    private static Path clip;
    private static Children children;
    private static HeldChildren processes;
    private static ConnectionTrial trial;

    @BeforeAll
    static void makeVideos() throws Exception {
        DecoderProgram program = DECODER.program();
        videos = TestVideos.make(folder.resolve("videos"), program.path(), program.environment());
        clip = mp4(program, folder.resolve("videos/usual.h264"));
        children = Children.in(folder);
        processes = HeldChildren.of(children, "ingest");
        trial = new ConnectionTrial(() -> Optional.of(processes), DECODER, Ticker.system());
    }

    private static Path mp4(DecoderProgram program, Path elementary) throws Exception {
        Path file = folder.resolve("usual.mp4");
        convert(program, elementary, "-c", "copy", file.toString());
        return file;
    }

    private static void convert(DecoderProgram program, Path elementary, String... to)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(program.path().toString(), "-nostdin", "-v", "error"));
        command.addAll(List.of("-r", String.valueOf(TestVideos.FPS), "-i", elementary.toString()));
        command.addAll(List.of(to));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(program.environment());
        assertThat(builder.start().waitFor()).isZero();
    }

    @AfterAll
    static void close() {
        processes.close();
        children.close();
    }

    @AfterEach
    void noDecoderIsLeft() {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> HeldChildren.of(children, "test").usage().isEmpty());
    }

    private static AddressResult test(String url) throws CameraException {
        return trial.run(url, LIMIT).trials().get(0);
    }

    /** Stage and cause of the failure. */
    private static String verdict(AddressResult trial) {
        return trial.failed()
                .map(one -> one.name() + " " + one.cause().map(Cause::key).orElse("-"))
                .orElse("passed");
    }

    private static Stage failed(AddressResult trial) {
        return trial.failed().orElseThrow(() -> new AssertionError("all passed: " + trial));
    }

    private static final Map<Mischief, String> EXPECTED = new EnumMap<>(Mischief.class);

    static {
        EXPECTED.put(Mischief.NONE, "passed");
        EXPECTED.put(Mischief.GARBAGE, "rtsp not-found");
        EXPECTED.put(Mischief.HALF_OPEN, "rtsp timeout");
        EXPECTED.put(Mischief.TRICKLE, "rtsp timeout");
        EXPECTED.put(Mischief.HUGE_HEADER, "rtsp not-found");
        EXPECTED.put(Mischief.ENDLESS_HEADERS, "rtsp not-found");
        EXPECTED.put(Mischief.HANG_UP, "rtsp refused");
        EXPECTED.put(Mischief.REVOKED, "login unauthorised");
        EXPECTED.put(Mischief.FORBIDDEN, "login unauthorised");
        EXPECTED.put(Mischief.NOT_FOUND, "stream not-found");
        EXPECTED.put(Mischief.BUSY, "stream refused");
        EXPECTED.put(Mischief.REDIRECT_LOOP, "stream not-found");
        EXPECTED.put(Mischief.REDIRECT_AWAY, "stream not-found");
        EXPECTED.put(Mischief.NO_VIDEO, "stream codec");
        EXPECTED.put(Mischief.UNKNOWN_CODEC, "codec codec");
        EXPECTED.put(Mischief.NONSENSE_SDP, "stream codec");
        EXPECTED.put(Mischief.CLOSE_AFTER_DESCRIBE, "frame end-of-stream");
        EXPECTED.put(Mischief.CLOSE, "frame end-of-stream");
        EXPECTED.put(Mischief.FROZEN, "frame timeout");
        EXPECTED.put(Mischief.INCOMPLETE, "frame codec");
        EXPECTED.put(Mischief.NO_KEY_FRAME, "frame timeout");
        EXPECTED.put(Mischief.ONE_FPS, "rate -");
        EXPECTED.put(Mischief.TIME_STANDS, "rate timeout");
        EXPECTED.put(Mischief.TIME_JUMPS, "passed");
        EXPECTED.put(Mischief.NEW_RESOLUTION, "passed");
        EXPECTED.put(Mischief.NEW_CODEC, "passed");
    }

    @Test
    void eachMischiefFailsAtItsStageWithItsCause() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        Map<Mischief, Future<AddressResult>> trials = new EnumMap<>(Mischief.class);
        try (HostileCamera camera = HostileCamera.start(videos)) {
            for (Mischief one : Mischief.values()) {
                trials.put(one, threads.submit(() -> test(camera.url(LOGIN, one.path()))));
            }

            SoftAssertions softly = new SoftAssertions();
            for (Mischief one : Mischief.values()) {
                AddressResult trial = trials.get(one).get();
                softly.assertThat(verdict(trial))
                        .as("%s %s", one, trial)
                        .isEqualTo(EXPECTED.get(one));
                softly.assertThat(trial.toString()).doesNotContain("s3cret");
                softly.assertThat(trial.stages())
                        .filteredOn(stage -> stage.result() == Result.FAILED)
                        .allMatch(
                                stage -> stage.advice().endsWith(".") && !stage.found().isEmpty());
            }
            softly.assertAll();
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "viewer:s3cretPw"})
    void aRealServerPassesEveryStageWithAndWithoutLogin(String login) throws Exception {
        try (RealServer server = RealServer.gstreamer(clip, login)) {
            AddressResult trial = test(server.url(login, "cam"));

            assertThat(verdict(trial)).as("%s", trial).isEqualTo("passed");
            assertThat(trial.stages())
                    .extracting(Stage::name)
                    .containsExactly(
                            "address", "name", "tcp", "rtsp", "login", "stream", "codec", "frame",
                            "rate");
            assertThat(found(trial, "rtsp")).isEqualTo("GStreamer RTSP server");
            assertThat(found(trial, "login"))
                    .isEqualTo(
                            login.isEmpty()
                                    ? "the camera asks for none"
                                    : "the camera accepts it (Digest with MD5)");
            assertThat(found(trial, "stream")).isEqualTo("video, H264");
            assertThat(found(trial, "codec")).startsWith("h264 640x360");
            assertThat(found(trial, "frame")).isEqualTo("640x360 pixels are analysed");
            assertThat(found(trial, "rate")).matches("[345]\\.\\d of 5 frames a second");
        }
    }

    private static String found(AddressResult trial, String stage) {
        return stage(trial, stage).found();
    }

    private static Stage stage(AddressResult trial, String name) {
        return trial.stages().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLoginThatIsMissingOrWrongFailsAfterTheStagesBeforeIt() throws Exception {
        try (RealServer server = RealServer.gstreamer(clip, "viewer:s3cretPw")) {
            AddressResult none = test(server.url("", "cam"));
            AddressResult wrong = test(server.url("viewer:0therPw", "cam"));

            assertThat(verdict(none)).isEqualTo("login unauthorised");
            assertThat(failed(none).advice()).contains("rtsp://USER:PASSWORD@HOST");
            assertThat(verdict(wrong)).isEqualTo("login unauthorised");
            assertThat(wrong.toString()).doesNotContain("0therPw").doesNotContain("viewer");
            assertThat(wrong.stages())
                    .extracting(Stage::result)
                    .containsExactly(
                            Result.PASSED,
                            Result.PASSED,
                            Result.PASSED,
                            Result.PASSED,
                            Result.FAILED,
                            Result.NOT_TRIED,
                            Result.NOT_TRIED,
                            Result.NOT_TRIED,
                            Result.NOT_TRIED);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothKindsOfLoginAreAnswered(boolean digest) throws Exception {
        Login login = new Login("viewer", "s3cret!Pw", digest);
        try (HostileCamera camera = HostileCamera.start(videos, 0, Optional.of(login))) {
            assertThat(verdict(test(camera.url(LOGIN, "front")))).isEqualTo("passed");
            assertThat(verdict(test(camera.url("viewer:nope", "front"))))
                    .isEqualTo("login unauthorised");
        }
    }

    @Test
    void aPathThatIsNotThereIsNamedAsSuch() throws Exception {
        try (RealServer server = RealServer.gstreamer(clip, "")) {
            AddressResult trial = test(server.url("", "nothing"));

            assertThat(verdict(trial)).isEqualTo("stream not-found");
            assertThat(failed(trial).found()).contains("404");
            assertThat(failed(trial).advice()).contains("path");
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, UDP", "udp, TCP"})
    void whatComesOverTheOtherTransportAloneIsSaidSo(String works, Source.Transport set)
            throws Exception {
        try (RealServer server = RealServer.gstreamerOver(works, clip)) {
            Source source =
                    new Source(server.url("", "cam"), List.of(), Source.Pace.NATIVE, false, set);

            AddressResult found =
                    trial.run(source, Remembered.NOTHING, 5, 640, LIMIT).trials().get(0);

            assertThat(failed(found).name()).as("%s", found).isEqualTo("frame");
            assertThat(failed(found).advice()).startsWith("Set transport = " + works);
            assertThat(found(found, "codec")).startsWith("h264 640x360");
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsAccepted() throws Exception {
        try (HostileCamera camera = HostileCamera.start(videos);
                TlsFront front = TlsFront.before(camera.port(), folder)) {
            AddressResult trial = test("rtsps://127.0.0.1:" + front.port() + "/front");

            assertThat(verdict(trial)).as("%s", trial).isEqualTo("passed");
            assertThat(trial.stages()).extracting(Stage::name).contains("tls", "rtsp");
        }
    }

    private static Remembered digest() {
        return new Remembered() {
            @Override
            public Optional<CameraIdentity> identity(Address address) {
                return Optional.of(new CameraIdentity(LoginScheme.DIGEST_MD5, Optional.empty()));
            }

            @Override
            public Optional<Pin> pin(Address address) {
                return Optional.empty();
            }
        };
    }

    private static AddressResult testKnown(String url) throws CameraException {
        Source source = new Source(url, List.of(), Source.Pace.NATIVE, false, Source.Transport.TCP);
        return trial.run(source, digest(), 5, 640, LIMIT).trials().get(0);
    }

    @Test
    void whoAsksForThePasswordInClearAndDidNotBeforeIsGivenNone() throws Exception {
        Login clear = new Login("viewer", "s3cret", false);
        try (HostileCamera thief = HostileCamera.start(videos, 0, Optional.of(clear))) {
            AddressResult known = testKnown(thief.url("viewer:s3cret", "front"));

            assertThat(verdict(known)).as("%s", known).isEqualTo("login weaker-login");
            assertThat(failed(known).advice()).contains("camera-trust --accept");
            assertThat(thief.given()).isEmpty();

            AddressResult first = test(thief.url("viewer:s3cret", "front"));

            assertThat(verdict(first)).as("%s", first).isEqualTo("passed");
            assertThat(found(first, "login"))
                    .isEqualTo("the camera accepts it (Basic, the password in clear)");
        }
    }

    @Test
    void whoAsksForNoLoginAndDidBeforeIsGivenNoneLaterEither() throws Exception {
        try (HostileCamera thief = HostileCamera.start(videos)) {
            AddressResult known = testKnown(thief.url("viewer:s3cret", "front"));

            assertThat(verdict(known)).as("%s", known).isEqualTo("passed");
            assertThat(thief.given()).isEmpty();
        }
    }

    @Test
    void aPortThatIsNotTheSecureOneFailsAtTls() throws Exception {
        try (HostileCamera camera = HostileCamera.start(videos)) {
            AddressResult trial = test("rtsps://127.0.0.1:" + camera.port() + "/front");

            assertThat(failed(trial).name()).as("%s", trial).isEqualTo("tls");
            assertThat(failed(trial).advice()).contains("rtsp://");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "front, passed",
        "not-found, stream not-found",
        "busy, stream refused",
        "revoked, login unauthorised",
        "half-open, http timeout",
        "garbage, http not-found"
    })
    void motionJpegHasStagesToo(String camera, String expected) throws Exception {
        try (HostileCamera server = HostileCamera.start(videos)) {
            AddressResult trial = test(server.httpUrl(camera).replace("//", "//viewer:s3cretPw@"));

            assertThat(verdict(trial)).as("%s", trial).isEqualTo(expected);
        }
    }

    @Test
    void anAddressOfOnePictureARequestPassesWithTheAdviceToTakeAStream() throws Exception {
        Path picture = folder.resolve("snapshot.jpg");
        convert(
                DECODER.program(),
                folder.resolve("videos/usual.h264"),
                "-frames:v",
                "1",
                picture.toString());
        HttpServer server = serving("image/jpeg", Files.readAllBytes(picture));
        try {
            AddressResult trial =
                    test("http://127.0.0.1:" + server.getAddress().getPort() + "/snapshot.jpg");

            assertThat(verdict(trial)).as("%s", trial).isEqualTo("passed");
            assertThat(stage(trial, "stream").found())
                    .isEqualTo("image/jpeg: one picture a request, asked for once a second");
            assertThat(stage(trial, "stream").advice()).startsWith("Set detect.fps = 1");
            assertThat(found(trial, "codec")).startsWith("mjpeg 640x360");
            assertThat(found(trial, "rate")).isEqualTo("one a second, asked for one by one");
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer serving(String type, byte[] page) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", type);
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
        server.start();
        return server;
    }

    @Test
    void aWebServerIsNeitherAnRtspServerNorAStream() throws Exception {
        HttpServer server =
                serving(
                        "text/html; charset=utf-8",
                        "<html>Welcome</html>".getBytes(StandardCharsets.UTF_8));
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();

            AddressResult rtsp = test("rtsp://" + host + "/stream1");
            AddressResult http = test("http://" + host + "/");

            assertThat(verdict(rtsp)).as("%s", rtsp).isEqualTo("rtsp not-found");
            assertThat(failed(rtsp).found()).contains("web server");
            assertThat(verdict(http)).as("%s", http).isEqualTo("stream not-found");
            assertThat(failed(http).found()).contains("web page");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aClosedPortAnAbsentHostAndAnUnknownNameAreToldApart() throws Exception {
        AddressResult closed = test("rtsp://127.0.0.1:" + RealServer.freePort() + "/x");
        AddressResult unknown = test("rtsp://no-such-host.invalid/x");

        assertThat(verdict(closed)).isEqualTo("tcp refused");
        assertThat(failed(closed).advice()).contains("port");
        assertThat(verdict(unknown)).isEqualTo("name name-resolution");
        assertThat(failed(unknown).found()).contains("no-such-host.invalid is not known");
    }

    @Test
    void aPortThatIsNeverAnsweredEndsInTime() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "rtsp://127.0.0.1:" + deaf.getLocalPort() + "/x";
            long began = System.nanoTime();

            AddressResult halfOpen = trial.run(url, Duration.ofSeconds(2)).trials().get(0);

            assertThat(verdict(halfOpen)).isEqualTo("rtsp timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void eachAddressOfACameraHasItsStages() throws Exception {
        try (HostileCamera camera = HostileCamera.start(videos)) {
            Source source =
                    new Source(
                            camera.url("front"),
                            List.of(camera.url("not-found"), "file:" + clip),
                            Source.Pace.NATIVE,
                            false,
                            Source.Transport.TCP);

            ConnectionTest test = trial.run(source, Remembered.NOTHING, 5, 320, LIMIT);

            assertThat(test.passed()).isFalse();
            assertThat(test.trials())
                    .extracting(ConnectionTrialTest::verdict)
                    .containsExactly("passed", "stream not-found", "passed");
            assertThat(found(test.trials().get(0), "frame")).startsWith("320x180");
            assertThat(test.trials().get(2).stages())
                    .extracting(Stage::name)
                    .containsExactly("address", "codec", "frame", "rate");
        }
    }

    @Test
    void aFileThatIsNotThereOrNoVideoIsSaidSo() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no video");

        assertThat(verdict(test("file:" + folder.resolve("gone.mp4"))))
                .isEqualTo("address not-found");
        assertThat(verdict(test("file:" + text))).isEqualTo("codec codec");
    }

    @Test
    void whatIsNoAddressIsOneLineWithoutThePassword() {
        assertThatThrownBy(() -> test("rtps://me:s3cret@h/x"))
                .isInstanceOf(CameraException.class)
                .hasMessageContaining("unknown kind of address")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void ownTroubleIsNotTheCameras() throws Exception {
        ConnectionTrial without = new ConnectionTrial(Optional::empty, DECODER, Ticker.system());

        Stage failed = failed(without.run("file:" + clip, LIMIT).trials().get(0));

        assertThat(failed.name()).isEqualTo("codec");
        assertThat(failed.advice()).contains("not the camera's").contains("processes is away");
    }
}
