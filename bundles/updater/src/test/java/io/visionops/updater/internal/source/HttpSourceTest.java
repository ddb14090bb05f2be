package io.visionops.updater.internal.source;

import static io.visionops.updater.internal.source.Loopback.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.visionops.api.time.Ticker;
import io.visionops.support.Sha256;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpSourceTest {

    private static final byte[] CONTENT = content();
    private static final ReleaseFile FILE =
            new ReleaseFile(CONTENT.length, Sha256.hex(CONTENT), false);
    private static final HttpLimits LIMITS =
            new HttpLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    0,
                    Duration.ofSeconds(10),
                    0);

    /** For what is to be too slow. */
    private static final HttpLimits HURRIED =
            new HttpLimits(
                    Duration.ofMillis(800),
                    Duration.ofMillis(400),
                    Duration.ofMillis(2000),
                    Duration.ofSeconds(5),
                    20_000,
                    Duration.ofMillis(300),
                    0);

    @TempDir private Path folder;

    private static byte[] content() {
        byte[] content = new byte[200_000];
        new Random(1).nextBytes(content);
        return content;
    }

    @Test
    void metadataAndFilesComeFromAnOrdinaryServer() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/r/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    byte[] body =
                            path.equals("/r/timestamp.json")
                                    ? "{}".getBytes(StandardCharsets.UTF_8)
                                    : CONTENT;
                    boolean there = !path.endsWith("2.root.json");
                    exchange.sendResponseHeaders(there ? 200 : 404, there ? body.length : -1);
                    if (there) {
                        exchange.getResponseBody().write(body);
                    }
                    exchange.close();
                });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/r/");
        try (HttpSource source = source(address)) {
            assertThat(source.metadata("timestamp.json", 100))
                    .isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
            source.file(FILE, target(), Source.Progress.NONE);
            assertThat(reasonOf(() -> source.metadata("2.root.json", 100)))
                    .isEqualTo(Reason.MISSING);
        } finally {
            server.stop(0);
        }
        assertThat(target()).hasBinaryContent(CONTENT);
        assertThat(Files.getPosixFilePermissions(target()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(part()).doesNotExist();
    }

    static Stream<Arguments> metadataAttacks() {
        return Stream.of(
                attack(
                        Reason.TOO_LARGE,
                        "more than was asked for",
                        sends(head(200, "Content-Length: 101"), 101)),
                attack(
                        Reason.TOO_LARGE,
                        "a length of gigabytes",
                        sends(head(200, "Content-Length: 10000000000"), 1)),
                attack(
                        Reason.TOO_LARGE,
                        "more than was asked for, without a length",
                        sends(head(200), 101)),
                attack(Reason.TOO_LARGE, "without an end", HttpSourceTest::endless),
                attack(
                        Reason.TOO_LARGE,
                        "without an end, in chunks",
                        HttpSourceTest::endlessChunks),
                attack(
                        Reason.DAMAGED,
                        "packed",
                        sends(head(200, "Content-Encoding: gzip", "Content-Length: 20"), 20)),
                attack(
                        Reason.UNREACHABLE,
                        "less than its length",
                        sends(head(200, "Content-Length: 50"), 10)),
                attack(Reason.UNREACHABLE, "headers without an end", HttpSourceTest::headers),
                attack(Reason.UNREACHABLE, "nothing", (head, out) -> {}),
                attack(
                        Reason.UNREACHABLE,
                        "no HTTP",
                        (head, out) ->
                                out.write("SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.US_ASCII))),
                attack(Reason.UNREACHABLE, "500", sends(head(500, "Content-Length: 0"), 0)),
                attack(Reason.UNREACHABLE, "204", sends(head(204), 0)),
                attack(
                        Reason.UNREACHABLE,
                        "401",
                        sends(
                                head(401, "WWW-Authenticate: Basic realm=a", "Content-Length: 0"),
                                0)),
                attack(
                        Reason.DAMAGED,
                        "206 without a question for a part",
                        sends(head(206, "Content-Range: bytes 0-1/2", "Content-Length: 2"), 2)),
                attack(Reason.MISSING, "404", sends(head(404, "Content-Length: 0"), 0)),
                attack(Reason.MISSING, "403", sends(head(403, "Content-Length: 0"), 0)),
                attack(Reason.MISSING, "410", sends(head(410, "Content-Length: 0"), 0)),
                attack(
                        Reason.UNREACHABLE,
                        "moved to another host",
                        sends(
                                head(302, "Location: http://other.invalid/x", "Content-Length: 0"),
                                0)),
                attack(
                        Reason.UNREACHABLE,
                        "moved to another port",
                        sends(head(301, "Location: http://127.0.0.1:1/x", "Content-Length: 0"), 0)),
                attack(
                        Reason.UNREACHABLE,
                        "moved to a file",
                        sends(head(307, "Location: file:///etc/passwd", "Content-Length: 0"), 0)),
                attack(
                        Reason.UNREACHABLE,
                        "moved in a circle",
                        sends(
                                head(
                                        308,
                                        "Location: /releases/timestamp.json",
                                        "Content-Length: 0"),
                                0)),
                attack(
                        Reason.UNREACHABLE,
                        "moved to nowhere",
                        sends(head(302, "Location: http://[", "Content-Length: 0"), 0)),
                attack(Reason.TOO_SLOW, "a byte now and then", HttpSourceTest::trickle),
                attack(
                        Reason.TOO_SLOW,
                        "a head and no body",
                        (head, out) -> {
                            out.write(head(200, "Content-Length: 50"));
                            out.flush();
                            new CountDownLatch(1).await(10, TimeUnit.SECONDS);
                        }),
                attack(
                        Reason.TOO_SLOW,
                        "no answer",
                        (head, out) -> new CountDownLatch(1).await(10, TimeUnit.SECONDS)));
    }

    private static Arguments attack(Reason reason, String name, Loopback.Answer answer) {
        return Arguments.of(reason, name, answer);
    }

    private static Loopback.Answer sends(byte[] head, int bytes) {
        return (request, out) -> {
            out.write(head);
            out.write(new byte[bytes]);
        };
    }

    private static void endless(String request, OutputStream out) throws IOException {
        out.write(head(200));
        while (true) {
            out.write(new byte[10_000]);
        }
    }

    private static void headers(String request, OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] line = ("X-More: " + "a".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        while (true) {
            out.write(line);
        }
    }

    private static void endlessChunks(String request, OutputStream out) throws IOException {
        out.write(head(200, "Transfer-Encoding: chunked"));
        while (true) {
            out.write("a\r\n0123456789\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void trickle(String request, OutputStream out) throws Exception {
        out.write(head(200, "Content-Length: 90"));
        for (int i = 0; i < 90; i++) {
            out.write('x');
            out.flush();
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("metadataAttacks")
    void metadataIsRefused(Reason reason, String name, Loopback.Answer answer) throws Exception {
        try (Loopback server = new Loopback(answer);
                HttpSource source = source(reason, server.address())) {
            assertThat(reasonOf(() -> source.metadata("timestamp.json", 100))).isEqualTo(reason);
        }
    }

    static Stream<Arguments> fileAttacks() {
        return Stream.of(
                attack(
                        Reason.DAMAGED,
                        "other bytes of the same length",
                        sends(head(200, "Content-Length: 200000"), 200_000)),
                attack(
                        Reason.DAMAGED,
                        "a length that is shorter",
                        sends(head(200, "Content-Length: 199999"), 199_999)),
                attack(
                        Reason.TOO_LARGE,
                        "a length that is longer",
                        sends(head(200, "Content-Length: 200001"), 200_001)),
                attack(Reason.TOO_LARGE, "more without a length", sends(head(200), 200_001)),
                attack(Reason.TOO_LARGE, "without an end", HttpSourceTest::endless),
                attack(Reason.UNREACHABLE, "less without a length", sends(head(200), 100)),
                attack(
                        Reason.UNREACHABLE,
                        "less than its length",
                        sends(head(200, "Content-Length: 200000"), 100)),
                attack(Reason.DAMAGED, "packed", sends(head(200, "Content-Encoding: br"), 200_000)),
                attack(Reason.MISSING, "404", sends(head(404, "Content-Length: 0"), 0)),
                attack(
                        Reason.TOO_SLOW,
                        "below the lowest rate",
                        (request, out) -> {
                            out.write(head(200, "Content-Length: 200000"));
                            for (int i = 0; i < 200; i++) {
                                out.write(new byte[100]);
                                out.flush();
                                new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                            }
                        }));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("fileAttacks")
    void aFileIsRefusedAndHasNoName(Reason reason, String name, Loopback.Answer answer)
            throws Exception {
        try (Loopback server = new Loopback(answer);
                HttpSource source = source(reason, server.address())) {
            assertThat(reasonOf(() -> source.file(FILE, target(), Source.Progress.NONE)))
                    .isEqualTo(reason);
        }
        assertThat(target()).doesNotExist();
    }

    @Test
    void whatHasComeIsNotAskedForAgain() throws Exception {
        try (Loopback server = new Loopback(HttpSourceTest::half);
                HttpSource source = source(server.address())) {
            assertThat(reasonOf(() -> source.file(FILE, target(), Source.Progress.NONE)))
                    .isEqualTo(Reason.UNREACHABLE);
            assertThat(part()).hasSize(100_000);

            source.file(FILE, target(), Source.Progress.NONE);

            assertThat(target()).hasBinaryContent(CONTENT);
            assertThat(server.heads.get(1)).contains("Range: bytes=100000-");
        }
    }

    /** The first half when all is asked for, and the rest when that is. */
    private static void half(String request, OutputStream out) throws IOException {
        if (request.contains("Range: bytes=100000-")) {
            out.write(
                    head(
                            206,
                            "Content-Range: bytes 100000-199999/200000",
                            "Content-Length: 100000"));
            out.write(CONTENT, 100_000, 100_000);
        } else {
            out.write(head(200, "Content-Length: 200000"));
            out.write(CONTENT, 0, 100_000);
        }
    }

    @Test
    void aServerThatKnowsNoRangesBeginsAnew() throws Exception {
        Files.write(part(), Arrays.copyOf(CONTENT, 5000));
        try (Loopback server = new Loopback(HttpSourceTest::whole);
                HttpSource source = source(server.address())) {
            source.file(FILE, target(), Source.Progress.NONE);
        }
        assertThat(target()).hasBinaryContent(CONTENT);
    }

    private static void whole(String request, OutputStream out) throws IOException {
        out.write(head(200, "Content-Length: 200000"));
        out.write(CONTENT);
    }

    @Test
    void aPartThatWasNotOfThisFileIsAskedForAnew() throws Exception {
        Files.write(part(), new byte[100_000]);
        try (Loopback server =
                        new Loopback(
                                (request, out) -> {
                                    if (request.contains("Range")) {
                                        half(request, out);
                                    } else {
                                        whole(request, out);
                                    }
                                });
                HttpSource source = source(server.address())) {
            source.file(FILE, target(), Source.Progress.NONE);
        }
        assertThat(target()).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes 0-199999/200000",
                "bytes 99999-199999/200000",
                "bytes 100000-199999/*",
                "bytes 100000-150000/200000",
                "items 100000-199999/200000",
                ""
            })
    void anotherPartThanTheOneAskedForIsRefused(String range) throws Exception {
        Files.write(part(), Arrays.copyOf(CONTENT, 100_000));
        try (Loopback server =
                        new Loopback(
                                (request, out) -> {
                                    out.write(
                                            head(
                                                    206,
                                                    "Content-Range: " + range,
                                                    "Content-Length: 100000"));
                                    out.write(CONTENT, 100_000, 100_000);
                                });
                HttpSource source = source(server.address())) {
            assertThat(reasonOf(() -> source.file(FILE, target(), Source.Progress.NONE)))
                    .isEqualTo(Reason.DAMAGED);
        }
        assertThat(target()).doesNotExist();
    }

    @Test
    void theNextMirrorIsAskedWhenOneFails() throws Exception {
        try (Loopback bad = new Loopback(sends(head(200, "Content-Length: 200000"), 200_000));
                Loopback broken = new Loopback((request, out) -> {});
                Loopback good = new Loopback(HttpSourceTest::whole);
                Source source = inTurn(bad.address(), broken.address(), good.address())) {
            source.file(FILE, target(), Source.Progress.NONE);

            assertThat(target()).hasBinaryContent(CONTENT);
            assertThat(source.mirrors()).hasSize(3);
        }
    }

    @Test
    void aMoveOnTheSameHostIsFollowed() throws Exception {
        try (Loopback server =
                        new Loopback(
                                (request, out) -> {
                                    if (request.startsWith("GET /elsewhere")) {
                                        whole(request, out);
                                    } else {
                                        out.write(
                                                head(
                                                        302,
                                                        "Location: /elsewhere",
                                                        "Content-Length: 0"));
                                    }
                                });
                HttpSource source = source(server.address())) {
            source.file(FILE, target(), Source.Progress.NONE);
        }
        assertThat(target()).hasBinaryContent(CONTENT);
    }

    @Test
    void theHighestRateIsKept() throws Exception {
        long begin = System.nanoTime();
        try (Loopback server = new Loopback(HttpSourceTest::whole);
                HttpSource source =
                        new HttpSource(server.address(), LIMITS.atMost(200_000), Ticker.system())) {
            source.file(FILE, target(), Source.Progress.NONE);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(Duration.ofMillis(700));
    }

    @Test
    void whoWaitsIsToldWhenItIsClosed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Loopback server =
                new Loopback(
                        (request, out) -> {
                            whole(request, out);
                            asked.countDown();
                        })) {
            HttpSource source =
                    new HttpSource(server.address(), LIMITS.atMost(40_000), Ticker.system());
            CompletableFuture<Void> waiting =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    source.file(FILE, target(), Source.Progress.NONE);
                                } catch (RepositoryException e) {
                                    throw new IllegalStateException(e.reason().name(), e);
                                }
                            });
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

            source.close();

            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("CANCELLED");
        }
    }

    @Test
    void whoWaitsForTheBeginOfAnAnswerIsToldToo() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (Loopback server =
                new Loopback(
                        (request, out) -> {
                            asked.countDown();
                            never.await(60, TimeUnit.SECONDS);
                        })) {
            HttpSource source = source(server.address());
            CompletableFuture<Reason> waiting =
                    CompletableFuture.supplyAsync(
                            () -> reasonOf(() -> source.metadata("timestamp.json", 100)));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

            source.close();

            assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo(Reason.CANCELLED);
            assertThat(reasonOf(() -> source.metadata("timestamp.json", 100)))
                    .isEqualTo(Reason.CANCELLED);
        }
    }

    @Test
    void nobodyAtTheAddressIsSaid() throws Exception {
        URI address;
        try (Loopback server = new Loopback((request, out) -> {})) {
            address = server.address();
        }
        try (HttpSource source = source(address)) {
            assertThat(reasonOf(() -> source.metadata("timestamp.json", 100)))
                    .isEqualTo(Reason.UNREACHABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc",
                "ftp://a/b",
                "releases",
                "http:///x",
                "https://user:secret@host/x",
                "https://host/x?token=1",
                "https://host/x#y"
            })
    void anAddressThatIsNoneIsRefused(String address) {
        assertThatThrownBy(() -> source(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    private static HttpSource source(Reason reason, URI address) {
        return new HttpSource(
                address, reason == Reason.TOO_SLOW ? HURRIED : LIMITS, Ticker.system());
    }

    private static HttpSource source(URI address) {
        return new HttpSource(address, LIMITS, Ticker.system());
    }

    private static Source inTurn(URI... addresses) {
        return new SourcesInTurn(Arrays.stream(addresses).map(HttpSourceTest::source).toList());
    }

    private Path target() {
        return folder.resolve("file");
    }

    private Path part() {
        return folder.resolve("file.part");
    }

    private interface Call {
        void run() throws RepositoryException;
    }

    private static Reason reasonOf(Call call) {
        RepositoryException refusal = catchThrowableOfType(RepositoryException.class, call::run);
        assertThat(refusal).isNotNull().message().hasLineCount(1);
        return refusal.reason();
    }
}
