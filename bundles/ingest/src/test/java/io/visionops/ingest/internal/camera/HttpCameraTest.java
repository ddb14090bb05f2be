package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cause;
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
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera that gives motion JPEG over HTTP, as many do: no times in the stream at all. */
class HttpCameraTest {

    private static final int FPS = 12;

    @TempDir Path folder;
    private Rig rig;
    private HttpServer server;
    private final ExecutorService connections = Executors.newCachedThreadPool();

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.setExecutor(connections);
        server.createContext("/video.mjpg", this::serve);
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
        exchange.getResponseHeaders()
                .set("Content-Type", "multipart/x-mixed-replace; boundary=frame");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                byte[] jpeg = picture(i);
                out.write(
                        ("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: "
                                        + jpeg.length
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                out.write(jpeg);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                LockSupport.parkNanos(1_000_000_000L / FPS);
            }
        }
    }

    private static byte[] picture(int number) {
        ByteBuffer i420 = ByteBuffer.allocateDirect(160 * 120 * 3 / 2);
        for (int i = 0; i < 160 * 120; i++) {
            i420.put(i, (byte) (number + i));
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
