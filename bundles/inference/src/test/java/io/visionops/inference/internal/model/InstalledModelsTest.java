package io.visionops.inference.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.camera.PictureLimits;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.Source;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.model.ModelException;
import io.visionops.api.model.ModelInfo;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.onnx.TinyOnnx;
import io.visionops.testkit.FakeFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledModelsTest {

    private static final Actor ANNA = Actor.user("anna");

    private static final int CELLS = 16 * 16 + 8 * 8 + 4 * 4;
    private static final byte[] GOOD =
            new TinyOnnx()
                    .input("x", 1, 3, 128, 128)
                    .output("o", new float[CELLS * 85], 1, CELLS, 85)
                    .bytes();

    @TempDir Path data;
    @TempDir Path elsewhere;

    private final FakeBundleContext bundle = new FakeBundleContext();
    private Catalogue catalogue = Catalogue.bundled();
    private Optional<InstalledModels> running = Optional.empty();
    private Optional<HttpServer> server = Optional.empty();
    private Duration demandWait = Duration.ZERO;

    @AfterEach
    void close() {
        running.ifPresent(InstalledModels::close);
        server.ifPresent(one -> one.stop(0));
    }

    @Test
    void aFileBecomesADetectorOfItsName() throws Exception {
        ModelInfo info = start().install(file("shop-2.onnx", GOOD).toString(), ANNA);

        assertThat(info.name()).isEqualTo("shop-2");
        assertThat(info.family()).isEqualTo("yolox");
        assertThat(info.licence()).isEqualTo("unknown");
        assertThat(info.installed()).isTrue();
        assertThat(info.latency()).isPresent();
        assertThat(info.sha256()).contains(hash(GOOD));
        Detector detector = bundle.detector("shop-2").orElseThrow();
        assertThat(detector.quality()).isEqualTo(50);
        assertThat(detector.gated()).isTrue();
        assertThat(detector.labels()).contains("person", "car").hasSize(80);
        assertThat(start().list()).extracting(ModelInfo::name).contains("shop-2", "yolox_nano");
    }

    @Test
    void aFileUrlWorksToo() throws Exception {
        assertThat(start().install(file("a.onnx", GOOD).toUri().toString(), ANNA).name())
                .isEqualTo("a");
    }

    @Test
    void whoHasInstalledAModelIsRecordedAlsoWhenNobodyTakesRecordsAtThatMoment() throws Exception {
        List<JournalRecord> records = new ArrayList<>();
        start().install(file("a.onnx", GOOD).toString(), ANNA);
        start().recordTo(records::add);
        start().install(file("b.onnx", GOOD).toString(), Actor.part("updater"));

        assertThat(records)
                .extracting(record -> record.actor() + " " + record.kind() + " " + record.subject())
                .containsExactly("user/anna audit model/a", "part/updater audit model/b");
        assertThat(records.get(0).body())
                .isEqualTo("{\"action\":\"model-install\",\"sha256\":\"" + hash(GOOD) + "\"}");
    }

    @Test
    void anInstalledModelIsThereAfterARestart() throws Exception {
        ModelInfo before = start().install(file("shop.onnx", GOOD).toString(), ANNA);
        restart();

        await().until(() -> bundle.detector("shop").isPresent());

        assertThat(start().list()).contains(before);
    }

    @Test
    void aDamagedModelIsRefusedAndTheOthersWork() throws Exception {
        start().install(file("a.onnx", GOOD).toString(), ANNA);
        start().install(file("b.onnx", GOOD).toString(), ANNA);
        Path installed = data.resolve("models/a.onnx");
        byte[] bytes = Files.readAllBytes(installed);
        bytes[bytes.length / 2] ^= 1;
        Files.write(installed, bytes);
        Files.writeString(data.resolve("models/by-hand.onnx"), "no record");
        Files.writeString(data.resolve("models/torn.onnx"), "torn");
        Files.writeString(data.resolve("models/torn.properties"), "family = yol");
        Path leftover = Files.writeString(data.resolve("models/c123.part"), "half");
        restart();

        await().until(() -> bundle.detector("b").isPresent());

        assertThat(bundle.count()).isEqualTo(1);
        assertThat(leftover).doesNotExist();
    }

    @Test
    void whyANamedDetectorIsNotThereIsKnown() throws Exception {
        start().install(file("a.onnx", GOOD).toString(), ANNA);
        Files.write(data.resolve("models/a.onnx"), new byte[] {1, 2, 3});
        restart();
        await().until(() -> !start().loading());

        assertThat(start().absence("a").orElseThrow())
                .startsWith("the model is installed and cannot be used: ")
                .endsWith("; install it again with model-install");
        assertThat(start().absence("yolox_nano").orElseThrow())
                .contains("install it with model-install yolox_nano");
        assertThat(start().absence("nonsense")).isEmpty();
        assertThat(start().absence("motion")).isEmpty();

        start().install(file("a.onnx", GOOD).toString(), ANNA);
        assertThat(start().absence("a")).isEmpty();
    }

    @Test
    void aModelIsReplacedByOneOfTheSameName() throws Exception {
        start().install(file("shop.onnx", GOOD).toString(), ANNA);
        Detector old = bundle.detector("shop").orElseThrow();
        DetectorSession session = old.open(camera());
        ModelInfo info = start().install(file("shop.onnx", other()).toString(), ANNA);

        assertThat(info.family()).isEqualTo("yolov8");
        assertThat(bundle.count()).isEqualTo(1);
        assertThat(bundle.detector("shop").orElseThrow()).isNotSameAs(old);
        assertThatThrownBy(() -> session.detect(FakeFrame.blank("c", 1, Instant.EPOCH)))
                .hasMessageContaining("closed");
        session.close();
    }

    @Test
    void aRefusedFileLeavesWhatIsThere() throws Exception {
        start().install(file("shop.onnx", GOOD).toString(), ANNA);

        assertThatThrownBy(
                        () ->
                                start().install(
                                                file(
                                                                "shop.onnx",
                                                                "no model"
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8))
                                                        .toString(),
                                                ANNA))
                .isInstanceOf(ModelException.class);

        assertThat(bundle.detector("shop")).isPresent();
        assertThat(Files.readAllBytes(data.resolve("models/shop.onnx"))).isEqualTo(GOOD);
        try (Stream<Path> left = Files.list(data.resolve("models"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("shop.onnx", "shop.properties");
        }
    }

    static Stream<Arguments> badFiles() {
        byte[] noise = new byte[100_000];
        new Random(3).nextBytes(noise);
        byte[] zeros = new byte[5000];
        byte[] damaged = GOOD.clone();
        for (int i = 10; i < 60; i++) {
            damaged[i] = (byte) 0xff;
        }
        TinyOnnx picture = new TinyOnnx().input("x", 1, 3, 128, 128);
        return Stream.of(
                Arguments.of("empty", new byte[0]),
                Arguments.of(
                        "text",
                        "Hello, this is no model.\n".repeat(100).getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        "web page",
                        "<!DOCTYPE html><html>404</html>".getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        "git lfs",
                        "version https://git-lfs.github.com/spec/v1\noid sha256:0"
                                .getBytes(StandardCharsets.UTF_8)),
                Arguments.of("zip", zip(GOOD)),
                Arguments.of("gzip", gzip(GOOD)),
                Arguments.of("truncated by one byte", Arrays.copyOf(GOOD, GOOD.length - 1)),
                Arguments.of("truncated to half", Arrays.copyOf(GOOD, GOOD.length / 2)),
                Arguments.of("truncated to ten bytes", Arrays.copyOf(GOOD, 10)),
                Arguments.of("with a tail", Arrays.copyOf(GOOD, GOOD.length + 7)),
                Arguments.of("noise", noise),
                Arguments.of("zeros", zeros),
                Arguments.of("damaged inside", damaged),
                Arguments.of("a class file", classFile()),
                Arguments.of("external data", good().external("../../etc/passwd").bytes()),
                Arguments.of("two inputs", good().input("y", 1).bytes()),
                Arguments.of("no outputs", picture.bytes()),
                Arguments.of("unknown opset", good().opset(4711).bytes()),
                Arguments.of("unknown operation", good().node("Nonsense", "x", "z").bytes()),
                Arguments.of("a classifier", classifier()),
                Arguments.of(
                        "a loop of nodes",
                        good().node("Relu", "a", "b").node("Relu", "b", "a").bytes()),
                Arguments.of("an input that is missing", good().node("Relu", "a", "b").bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void aBadFileIsRefusedInOneLine(String what, byte[] bytes) {
        assertThatThrownBy(() -> start().install(file("bad.onnx", bytes).toString(), ANNA))
                .as(what)
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model bad is refused: ")
                .hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
        assertThat(bundle.count()).isZero();
        assertThat(data.resolve("models/bad.onnx")).doesNotExist();
    }

    @Test
    void ahugeFileIsRefusedBeforeItFillsTheDisk() throws Exception {
        Path huge = elsewhere.resolve("huge.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(2_000_000_000);
        }

        assertThatThrownBy(() -> start().install(huge.toString(), ANNA))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("larger than 200 MB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yolo12",
                "",
                " ",
                "/no/such/file.onnx",
                "/etc",
                "/etc/hostname",
                "../yolox_nano",
                "a b.onnx",
                "\0.onnx",
                "http://example.com/x.onnx"
            })
    void whatIsNeitherNameNorFileIsSaidInOneLine(String given) {
        assertThatThrownBy(() -> start().install(given, ANNA))
                .isInstanceOf(ModelException.class)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my model.onnx", "motion.onnx", "auto.onnx", "ä.onnx", ".onnx"})
    void aFileWhoseNameIsNoModelNameIsRefused(String name) {
        assertThatThrownBy(() -> start().install(file(name, GOOD).toString(), ANNA))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void withoutADataFolderTheCatalogueCanStillBeRead() {
        running =
                Optional.of(
                        new InstalledModels(
                                bundle.context(),
                                catalogue,
                                fetcher(1_000_000),
                                1,
                                Duration.ZERO,
                                Duration.ZERO));

        assertThat(running.get().list()).isNotEmpty();
        assertThatThrownBy(() -> running.get().install("yolox_nano", ANNA))
                .hasMessageContaining("visionops.data");
    }

    @Test
    void aModelOfTheCatalogueIsFetchedAndItsOriginKept() throws Exception {
        serve(GOOD, hash(GOOD), 200);

        ModelInfo info = start().install("TINY", ANNA);

        assertThat(info.name()).isEqualTo("tiny");
        assertThat(info.licence()).isEqualTo("MIT");
        assertThat(info.source()).contains(catalogue.entries().get(0).source().toString());
        assertThat(bundle.detector("tiny").orElseThrow().quality()).isEqualTo(33);
    }

    @Test
    void aModelThatIsThereIsNotFetchedAgain() throws Exception {
        serve(GOOD, hash(GOOD), 200);
        ModelInfo first = start().install("tiny", ANNA);
        server.orElseThrow().stop(0);

        assertThat(start().install("tiny", ANNA)).isEqualTo(first);
    }

    @Test
    void theBestModelIsThereFirstAfterARestart() throws Exception {
        serve(GOOD, hash(GOOD), 200);
        start().install(file("z-own.onnx", other()).toString(), ANNA);
        start().install("tiny", ANNA);
        restart();

        await().until(() -> bundle.count() == 2);

        assertThat(bundle.names()).containsExactly("z-own", "tiny");
    }

    @Test
    void theModelThatACameraWaitsForIsThereFirst() throws Exception {
        serve(GOOD, hash(GOOD), 200);
        start().install(file("z-own.onnx", other()).toString(), ANNA);
        start().install("tiny", ANNA);
        demandWait = Duration.ofMinutes(1);
        restart();

        start().want("nonsense");
        start().want("tiny");
        await().until(() -> bundle.count() == 2);

        assertThat(bundle.names()).containsExactly("tiny", "z-own");
    }

    @Test
    void theOnlyModelIsLoadedBeforeACameraAsks() throws Exception {
        start().install(file("shop.onnx", GOOD).toString(), ANNA);
        demandWait = Duration.ofMinutes(1);
        restart();

        await().until(() -> bundle.detector("shop").isPresent());
    }

    @Test
    void aFileThatTheCatalogueKnowsIsKnownByItsHash() throws Exception {
        serve(GOOD, hash(GOOD), 200);

        ModelInfo info = start().install(file("mine.onnx", GOOD).toString(), ANNA);

        assertThat(info.licence()).isEqualTo("MIT");
        assertThat(bundle.detector("mine").orElseThrow().quality()).isEqualTo(33);
    }

    @Test
    void fetchedBytesThatDifferFromTheCatalogueAreRefused() throws Exception {
        serve(GOOD, hash("something else".getBytes(StandardCharsets.UTF_8)), 200);

        assertThatThrownBy(() -> start().install("tiny", ANNA))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("SHA-256");
        assertThat(bundle.count()).isZero();
    }

    @Test
    void whatTheServerRefusesIsSaid() throws Exception {
        serve(GOOD, hash(GOOD), 404);

        assertThatThrownBy(() -> start().install("tiny", ANNA))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("answers 404");
    }

    @Test
    void aServerThatSendsTooMuchIsCutOff() throws Exception {
        serve(new byte[3_000_000], hash(GOOD), 200);

        assertThatThrownBy(() -> start().install("tiny", ANNA))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("larger than 1 MB");
    }

    @Test
    void aServerThatIsNotThereIsSaid() throws Exception {
        serve(GOOD, hash(GOOD), 200);
        server.orElseThrow().stop(0);

        assertThatThrownBy(() -> start().install("tiny", ANNA))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be fetched");
    }

    @Test
    void aServerThatStallsIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer stalling = serve(GOOD, hash(GOOD), 200);
        stalling.removeContext("/tiny.onnx");
        stalling.createContext(
                "/tiny.onnx",
                exchange -> {
                    exchange.sendResponseHeaders(200, GOOD.length);
                    exchange.getResponseBody().write(GOOD, 0, 100);
                    exchange.getResponseBody().flush();
                    try {
                        over.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.close();
                });
        try {
            assertThatThrownBy(() -> start().install("tiny", ANNA))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("not fetched within 2 s");
        } finally {
            over.countDown();
        }
        assertThat(data.resolve("models").toFile().list()).isEmpty();
    }

    private HttpServer serve(byte[] body, String hash, int status) throws IOException {
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext(
                "/tiny.onnx",
                exchange -> {
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        http.start();
        server = Optional.of(http);
        URI source = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/tiny.onnx");
        catalogue =
                new Catalogue(
                        List.of(
                                new Catalogue.Entry(
                                        "tiny", "yolox", "MIT", source, hash, 128, 128, 33, 2)));
        return http;
    }

    private InstalledModels start() {
        if (running.isEmpty()) {
            bundle.with(InstalledModels.DATA_PROPERTY, data.toString());
            running =
                    Optional.of(
                            new InstalledModels(
                                    bundle.context(),
                                    catalogue,
                                    fetcher(1_000_000),
                                    1,
                                    demandWait,
                                    Duration.ZERO));
        }
        return running.get();
    }

    private void restart() {
        running.ifPresent(InstalledModels::close);
        running = Optional.empty();
        assertThat(bundle.count()).isZero();
        start();
    }

    private static ModelFetcher fetcher(long mostBytes) {
        return new ModelFetcher(
                Duration.ofSeconds(2), Duration.ofSeconds(2), mostBytes, Ticker.system());
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(elsewhere.resolve(name), bytes);
    }

    private static TinyOnnx good() {
        return new TinyOnnx()
                .input("x", 1, 3, 128, 128)
                .output("o", new float[CELLS * 85], 1, CELLS, 85);
    }

    private static byte[] other() {
        return new TinyOnnx()
                .input("x", 1, 3, 128, 128)
                .output("o", new float[84 * CELLS], 1, 84, CELLS)
                .bytes();
    }

    private static byte[] classifier() {
        return new TinyOnnx()
                .input("x", 1, 3, 128, 128)
                .output("o", new float[1000], 1, 1000)
                .bytes();
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] zip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry("model.onnx"));
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] classFile() {
        String name = InstalledModelsTest.class.getSimpleName() + ".class";
        try (var in = InstalledModelsTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CameraSettings camera() {
        return new CameraSettings(
                "c",
                true,
                5,
                new Source(
                        "file:/nowhere",
                        List.of(),
                        Source.Pace.NATIVE,
                        false,
                        Source.Transport.TCP),
                new DetectionSettings(
                        5, 640, "auto", Set.of("person"), 0.5, List.of(), List.of(), List.of()),
                reconnect(),
                PictureLimits.DEFAULTS);
    }

    private static ReconnectPolicy reconnect() {
        return new ReconnectPolicy(
                Duration.ofSeconds(1), Duration.ofMinutes(1), 10, Duration.ofMinutes(5));
    }
}
