package io.visionops.ingest.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.Login;
import io.visionops.testkit.rtsp.Mischief;
import io.visionops.testkit.rtsp.TestVideos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hostile camera of the testkit does to the real decoder what it says. */
@Tag("slow")
class HostileCameraTest {

    private static final String LOGIN = "viewer:s3cret";

    @TempDir static Path folder;
    private static DecoderProgram program;
    private static TestVideos videos;

    private HostileCamera camera;

    @BeforeAll
    static void makeVideos() throws Exception {
        program = new DecoderInstaller().install();
        videos = TestVideos.make(folder, program.path(), program.environment());
    }

    @BeforeEach
    void open() throws IOException {
        camera = HostileCamera.start(videos);
    }

    @AfterEach
    void close() throws IOException {
        camera.close();
    }

    /** What the decoder printed and how it ended, of a few seconds of a stream. */
    private record Seen(int exit, List<String> checksums, String words) {

        long frames() {
            return checksums.size();
        }
    }

    private static Seen watch(String url, String... options) throws Exception {
        Path out = folder.resolve("frames");
        Path words = folder.resolve("words");
        List<String> command = new ArrayList<>();
        command.addAll(List.of(program.path().toString(), "-nostdin", "-v", "info"));
        if (url.startsWith("rtsp:")) {
            command.addAll(List.of("-rtsp_transport", "tcp", "-timeout", "2000000"));
        }
        command.addAll(List.of("-fpsprobesize", "0", "-i", url));
        command.addAll(List.of(options));
        command.addAll(List.of("-an", "-flush_packets", "1", "-f", "framemd5", "-"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(program.environment());
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(words.toFile()).start();
        try {
            process.waitFor(12, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
        List<String> checksums =
                Files.readAllLines(out).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replaceFirst(".*,\\s*", ""))
                        .toList();
        return new Seen(process.exitValue(), checksums, Files.readString(words));
    }

    private static Seen watchFor(String url, double seconds) throws Exception {
        return watch(url, "-t", String.valueOf(seconds));
    }

    @Test
    void withoutMischiefItStreamsWhatTheFileHolds() throws Exception {
        Seen file = watchFor(folder.resolve("usual.h264").toString(), 1);
        Seen stream = watchFor(camera.url("front"), 1);

        assertThat(stream.words()).contains("h264").contains("640x360");
        assertThat(stream.checksums())
                .hasSizeGreaterThanOrEqualTo(9)
                .startsWith(file.checksums().get(0), file.checksums().get(1));
        Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> camera.open() == 0);
    }

    @Test
    void itServesManyAtOnceAndMotionJpegToo() throws Exception {
        Seen jpeg = watchFor(camera.httpUrl("front"), 1);

        assertThat(jpeg.frames()).isGreaterThanOrEqualTo(9);
        assertThat(jpeg.words()).contains("mjpeg").contains("640x360");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLoginIsAskedFor(boolean digest) throws Exception {
        try (HostileCamera locked =
                HostileCamera.start(
                        videos, 0, Optional.of(new Login("viewer", "s3cret", digest)))) {
            assertThat(watchFor(locked.url(LOGIN, "front"), 1).frames()).isPositive();
            assertThat(watchFor(locked.url("viewer:other", "front"), 1).words()).contains("401");
            assertThat(watchFor(locked.url("front"), 1).words()).contains("401");
        }
    }

    @Test
    void theRateDropsToOne() throws Exception {
        Seen slow = watchFor(camera.url("one-fps"), 3);

        assertThat(slow.frames()).as(slow.words()).isBetween(2L, 4L);
    }

    @Test
    void anotherCodecIsDescribedToWhoAsksAnew() throws Exception {
        Seen stream = watchFor(camera.url("new-codec"), 1);

        assertThat(stream.words()).contains("mpeg4");
        assertThat(stream.frames()).as(stream.words()).isGreaterThanOrEqualTo(9);
    }

    @Test
    void theSizeChangesInMidStream() throws Exception {
        Thread later = turnAfterSomeFrames("front", Mischief.NEW_RESOLUTION);

        Seen stream = watchFor(camera.url("front"), 3);

        later.join();
        assertThat(stream.words()).contains("640x360").contains("480x360");
    }

    private Thread turnAfterSomeFrames(String name, Mischief mischief) {
        Thread thread =
                new Thread(
                        () -> {
                            Awaitility.await()
                                    .atMost(5, TimeUnit.SECONDS)
                                    .until(() -> camera.pictures() > 10);
                            camera.turn(name, mischief);
                        },
                        "visionops-testkit-turn");
        thread.start();
        return thread;
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "HANG_UP",
                "REVOKED",
                "FORBIDDEN",
                "NOT_FOUND",
                "BUSY",
                "NO_VIDEO",
                "CLOSE_AFTER_DESCRIBE"
            })
    void whatItRefusesIsNotStreamed(Mischief mischief) throws Exception {
        Seen seen = watchFor(camera.url(mischief.path()), 1);

        assertThat(seen.frames()).isZero();
        assertThat(seen.exit()).isNotZero();
    }
}
