package io.visionops.ingest.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Source;
import io.visionops.api.child.ChildSpec;
import io.visionops.ingest.internal.config.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real decoder opens nothing that a camera names, and takes no picture of any size. */
class InputPolicyTest {

    private static final String HLS =
            "#EXTM3U\n#EXT-X-TARGETDURATION:9\n%s#EXTINF:9,\n%s\n#EXT-X-ENDLIST\n";

    @TempDir static Path folder;
    private static DecoderProgram program;
    private static Path film;

    private final AtomicInteger calls = new AtomicInteger();
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private HttpServer camera;
    private HttpServer other;

    @BeforeAll
    static void makeFilm() throws Exception {
        program = new DecoderInstaller().install();
        film = folder.resolve("film.ts");
        make("testsrc=size=160x120:rate=10:duration=1", "-c:v", "mpeg2video", film.toString());
    }

    private static void make(String source, String... out) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(program.path().toString());
        command.addAll(List.of("-v", "error", "-f", "lavfi", "-i", source));
        command.addAll(List.of(out));
        ran(command, "");
    }

    @BeforeEach
    void start() throws IOException {
        other = server(exchange -> calls.incrementAndGet());
        camera = server(this::serve);
    }

    private static HttpServer server(com.sun.net.httpserver.HttpHandler handler)
            throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext(
                "/",
                exchange -> {
                    handler.handle(exchange);
                    exchange.close();
                });
        server.start();
        return server;
    }

    @AfterEach
    void stop() {
        camera.stop(0);
        other.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] page = pages.get(path);
        if (page == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", type(path));
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
    }

    private static String type(String path) {
        return path.contains("hls")
                ? "application/vnd.apple.mpegurl"
                : path.endsWith(".mjpg")
                        ? "multipart/x-mixed-replace; boundary=frame"
                        : "video/mp2t";
    }

    private record Seen(int pictures, int exit, List<String> words) {

        Fault fault() {
            return FfmpegErrorClassifier.of(exit, words, false);
        }
    }

    private Seen watch(String path) throws Exception {
        return watchAddress("http://127.0.0.1:" + camera.getAddress().getPort() + path);
    }

    private static Seen watchAddress(String url) throws Exception {
        ChildSpec spec = spec(url);
        return ran(spec.command(), spec.input());
    }

    private static ChildSpec spec(String url) throws Exception {
        Source source = new Source(url, List.of(), Source.Pace.NATIVE, false, Source.Transport.TCP);
        return new DecoderCommand(program, source, 5, 64)
                .spec("x", Address.parse("url", url), Source.Transport.TCP, true);
    }

    private static Seen ran(List<String> command, String input) throws Exception {
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path words = folder.resolve("words");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(words.toFile());
        builder.environment().putAll(program.environment());
        Process process = builder.start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        String written = new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1);
        return new Seen(
                written.split("FRAME\n", -1).length - 1,
                process.exitValue(),
                Files.readAllLines(words, StandardCharsets.ISO_8859_1));
    }

    private String elsewhere(String path) {
        return "http://127.0.0.1:" + other.getAddress().getPort() + path;
    }

    private void page(String path, String text) {
        pages.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"/hls, file", "/hls, other", "/video, file", "/video, other"})
    void aPlaylistWhereNoneWasExpectedIsNotRead(String path, String what) throws Exception {
        page(path, String.format(HLS, "", what.equals("file") ? "file://" + film : elsewhere("/")));

        Seen seen = watch(path);

        assertThat(seen.pictures()).isZero();
        assertThat(calls).hasValue(0);
        if (path.equals("/hls")) {
            assertThat(seen.fault().cause()).isEqualTo(Cause.CODEC);
            // What comes is judged by its bytes, and by those this is no video.
            assertThat(seen.fault().detail()).contains("neither video nor pictures");
        }
    }

    @Test
    void neitherAreOtherListsOfAddresses() throws Exception {
        page("/list", "ffconcat version 1.0\nfile 'file:" + film + "'\n");
        page(
                "/session",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
                        + "m=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n");

        assertThat(watch("/list").fault().detail()).contains("a playlist (concat)");
        assertThat(watch("/session").fault().detail()).contains("a playlist (sdp)");
    }

    @ParameterizedTest
    @CsvSource({
        "file://FILM",
        "FILM",
        "concat:FILM|FILM",
        "subfile,,start,0,end,0,,:FILM",
        "data:,x"
    })
    void aPlaylistOpensNothingOfThisComputer(String entry) throws Exception {
        page("/hls.m3u8", String.format(HLS, "", entry.replace("FILM", film.toString())));
        page(
                "/key/hls.m3u8",
                String.format(
                        HLS,
                        "#EXT-X-KEY:METHOD=AES-128,URI=\"file://" + film + "\"\n",
                        "/film.ts"));
        pages.put("/film.ts", Files.readAllBytes(film));

        assertThat(watch("/hls.m3u8").pictures()).isZero();
        assertThat(watch("/key/hls.m3u8").pictures()).isZero();
        if (entry.startsWith("file:")) {
            assertThat(watch("/hls.m3u8").fault().detail())
                    .contains("a kind that is not opened for it: file");
        }
    }

    @Test
    void aPlaylistWhereTheAddressSaysSoIsRead() throws Exception {
        page("/live.m3u8", String.format(HLS, "", "/film.ts"));
        pages.put("/film.ts", Files.readAllBytes(film));

        assertThat(watch("/live.m3u8").pictures()).isPositive();
        assertThat(watch("/film.ts").pictures()).isPositive();
    }

    @Test
    void aFilmIsReadAndAListOfFilmsIsNot() throws Exception {
        Path list =
                Files.writeString(
                        folder.resolve("list.txt"), "ffconcat version 1.0\nfile '" + film + "'\n");
        Path hls =
                Files.writeString(
                        folder.resolve("a.m3u8"), String.format(HLS, "", elsewhere("/a.ts")));

        assertThat(watchAddress("file:" + film).pictures()).isPositive();
        assertThat(watchAddress("file:" + list).pictures()).isZero();
        assertThat(watchAddress("file:" + hls).pictures()).isZero();
        assertThat(calls).hasValue(0);
    }

    @Test
    void aPictureOfAnySizeIsRefusedBeforeItTakesMemory() throws Exception {
        Path picture = folder.resolve("picture.jpg");
        make("testsrc=size=64x48", "-frames:v", "1", picture.toString());
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            byte[] jpeg = enlarged(Files.readAllBytes(picture));
            stream.writeBytes(
                    ("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: "
                                    + jpeg.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            stream.writeBytes(jpeg);
            stream.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        pages.put("/a.mjpg", stream.toByteArray());

        Seen seen = watch("/a.mjpg");

        assertThat(seen.fault())
                .isEqualTo(
                        new Fault(
                                Cause.CODEC,
                                "picture too large: 16000x16000, at most 40 million pixels"));
        assertThat(
                        FfmpegErrorClassifier.ofSilence(
                                new Fault(Cause.TIMEOUT, ""), seen.words(), false))
                .isEqualTo(seen.fault());
    }

    @Test
    void aDecoderThatDiesOfItsLimitSaysSo() throws Exception {
        Path large = folder.resolve("large.avi");
        make("testsrc=size=3840x2160:rate=1:duration=2", "-c:v", "mjpeg", large.toString());
        List<String> command = new ArrayList<>();
        command.addAll(List.of("/bin/sh", "-c", "ulimit -v 160000; exec \"$@\"", "sh"));
        command.addAll(spec("file:" + large).command());

        Seen seen = ran(command, "");

        assertThat(seen.pictures()).isZero();
        assertThat(seen.fault().cause()).isEqualTo(Cause.CODEC);
        assertThat(seen.fault().detail()).contains("more memory than a decoder may have");
    }

    /**
     * The size stands behind the mark of a frame, its length and its precision. With less data than
     * a bit a block the decoder does not begin.
     */
    private static byte[] enlarged(byte[] jpeg) {
        byte[] large = Arrays.copyOf(jpeg, 2_000_000);
        for (int i = 0; i < jpeg.length - 9; i++) {
            if ((large[i] & 0xff) == 0xff && (large[i + 1] & 0xff) == 0xc0) {
                ByteBuffer.wrap(large)
                        .putShort(i + 5, (short) 16_000)
                        .putShort(i + 7, (short) 16_000);
                return large;
            }
        }
        throw new IllegalStateException("no frame");
    }
}
