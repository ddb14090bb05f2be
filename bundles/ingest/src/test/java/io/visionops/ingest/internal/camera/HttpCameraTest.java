package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.frame.OpenCvEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A camera that gives motion JPEG over HTTP, as many do: no times in the stream at all. */
@Tag("slow")
class HttpCameraTest {

    private static final int FPS = 12;
    private static final String MULTIPART = "multipart/x-mixed-replace; boundary=frame";

    @TempDir Path folder;
    private Rig rig;
    private HttpServer server;
    private final AtomicInteger snapshots = new AtomicInteger();
    private volatile boolean gone;
    private final ExecutorService connections = Executors.newCachedThreadPool();

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.setExecutor(connections);
        server.createContext("/video.mjpg", this::serve);
        server.createContext("/nofirst", exchange -> stream(exchange, MULTIPART, false));
        server.createContext("/raw", exchange -> stream(exchange, "video/x-motion-jpeg", false));
        server.createContext("/snap.jpg", this::snapshot);
        server.createContext("/live", HttpCameraTest::playlist);
        server.start();
    }

    @AfterEach
    void stop() {
        rig.close();
        server.stop(0);
        connections.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String login =
                Base64.getEncoder().encodeToString("u:pa ss".getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + login).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"cam\"");
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        stream(exchange, MULTIPART, true);
    }

    /** Without multipart there is nothing between the pictures. */
    private static void stream(HttpExchange exchange, String type, boolean firstBoundary)
            throws IOException {
        boolean parts = type.equals(MULTIPART);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                byte[] jpeg = picture(i);
                String head =
                        (i > 0 || firstBoundary ? "--frame\r\n" : "")
                                + "Content-Type: image/jpeg\r\nContent-Length: "
                                + jpeg.length
                                + "\r\n\r\n";
                out.write((parts ? head : "").getBytes(StandardCharsets.US_ASCII));
                out.write(jpeg);
                out.write((parts ? "\r\n" : "").getBytes(StandardCharsets.US_ASCII));
                out.flush();
                LockSupport.parkNanos(1_000_000_000L / FPS);
            }
        }
    }

    /** Known by its content type alone, which is the last part of the path. */
    private static void playlist(HttpExchange exchange) throws IOException {
        byte[] list =
                "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n/a.ts\n"
                        .getBytes(StandardCharsets.US_ASCII);
        String type = exchange.getRequestURI().getPath().substring("/live/".length());
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(200, list.length);
        exchange.getResponseBody().write(list);
        exchange.close();
    }

    private void snapshot(HttpExchange exchange) throws IOException {
        int asked = snapshots.incrementAndGet();
        if (gone) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        byte[] jpeg = picture(asked);
        exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
        exchange.sendResponseHeaders(200, jpeg.length);
        exchange.getResponseBody().write(jpeg);
        exchange.close();
    }

    private static byte[] picture(int number) {
        ByteBuffer i420 = ByteBuffer.allocateDirect(160 * 120 * 3 / 2);
        for (int i = 0; i < 160 * 120; i++) {
            i420.put(i, (byte) (number + i * i / 7));
        }
        return new OpenCvEncoder().jpeg(i420, 160, 120);
    }

    private String url(String login) {
        return "http://" + login + "@127.0.0.1:" + server.getAddress().getPort() + "/video.mjpg";
    }

    @Test
    void itsFramesComeAtTheSetRateAlthoughTheStreamSaysNoTimes() {
        rig.configure("front", "url", url("u:pa%20ss"), "detect.width", "160");
        rig.awaitState("front", CameraState.STREAMING);
        long began = System.nanoTime();

        Rig.soon().until(() -> System.nanoTime() - began > Duration.ofSeconds(6).toNanos());

        CameraStatus status = rig.camera("front").status();
        assertThat(status.state()).isEqualTo(CameraState.STREAMING);
        assertThat(status.fps()).isBetween(4.0, 6.0);
        assertThat(status.width()).isEqualTo(160);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nofirst", "/raw"})
    void whatIsNoProperMultipartStreamsSoonAllTheSame(String path) {
        rig.configure("front", "url", plain(path), "detect.width", "160");
        long began = System.nanoTime();

        rig.awaitState("front", CameraState.STREAMING);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aSnapshotIsAskedForOnceASecondAndTheCameraStreams() {
        rig.configure("front", "url", plain("/snap.jpg"), "detect.width", "160");
        rig.awaitState("front", CameraState.STREAMING);
        // The first ones come faster, while the decoder looks at what it gets.
        int begun = snapshots.get() + 3;
        Rig.soon().until(() -> snapshots.get() >= begun);
        int before = snapshots.get();
        long began = System.nanoTime();

        Rig.soon().until(() -> snapshots.get() >= before + 4);

        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(seconds).isBetween(1.5, 10.0);
        assertThat(rig.camera("front").status().state()).isEqualTo(CameraState.STREAMING);
        assertThat(rig.losses).isEmpty();

        gone = true;

        Rig.soon().until(() -> !rig.losses.isEmpty());
        assertThat(rig.losses.get(0)).isEqualTo("front not-found own");
    }

    private String plain(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/vnd.apple.mpegurl", "application/x-mpegURL", "audio/mpegurl"})
    void aPlaylistAtAnAddressThatDoesNotSaySoIsCalledOne(String type) {
        rig.configure("front", "url", plain("/live/" + type));

        rig.awaitState("front", CameraState.BACKOFF);

        assertThat(rig.camera("front").status().fault())
                .contains(
                        new Fault(
                                Cause.CODEC,
                                "a playlist (hls) instead of video: only what ends in .m3u8 or .mpd"
                                        + " is read as one"));
    }

    @Test
    void aWrongPasswordIsSaidSo() {
        rig.configure("front", "url", url("u:wrong"));

        rig.awaitState("front", CameraState.OFFLINE);

        assertThat(rig.camera("front").status().fault().orElseThrow().cause())
                .isEqualTo(Cause.UNAUTHORISED);
        assertThat(rig.losses).containsOnly("front unauthorised own");
    }

    @Test
    void onlyACameraThatHasStreamedIsLostForAReasonThatOthersMayShare() {
        int port = server.getAddress().getPort();
        rig.configure("front", "url", url("u:pa%20ss"), "detect.width", "160");
        rig.awaitState("front", CameraState.STREAMING);
        server.stop(0);
        rig.configure("new", "url", "http://127.0.0.1:" + port + "/video.mjpg");

        Rig.soon().until(() -> rig.losses.size() >= 3);

        assertThat(rig.losses).contains("new refused own").doesNotContain("new refused");
        assertThat(rig.losses).anyMatch(loss -> loss.matches("front (?!.* own).*"));
        assertThat(rig.losses).noneMatch(loss -> loss.matches("front .* own"));
    }

    @Test
    void aPathThatIsNotThereIsSaidSo() {
        rig.configure("front", "url", url("u:pa%20ss").replace("video", "other"));

        rig.awaitState("front", CameraState.OFFLINE);

        assertThat(rig.camera("front").status().fault().orElseThrow().cause())
                .isEqualTo(Cause.NOT_FOUND);
    }
}
