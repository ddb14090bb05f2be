package io.visionops.ingest.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.api.child.ChildProcesses;
import io.visionops.processes.internal.Children;
import io.visionops.processes.internal.HeldChildren;
import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.Login;
import io.visionops.testkit.rtsp.Mischief;
import io.visionops.testkit.rtsp.TestVideos;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Provokes every fault with the decoder and real servers, and keeps what it says as test data of
 * {@link FfmpegErrorClassifierTest}. Not part of the suite; makes all samples anew by
 *
 * <pre>VISIONOPS_SHARED=... mvn -pl bundles/ingest -am verify -Dtest=SamplesBench \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class SamplesBench {

    private static final String GSTREAMER = "GStreamer's RTSP server 1.22";
    private static final String MINI = "minirtsp.py";
    private static final String HOSTILE = "HostileCamera of the testkit";
    private static final String NONE = "none";
    private static final String LOGIN = "viewer:s3cret-Pw";

    @TempDir Path folder;
    private Children children;
    private ChildProcesses processes;
    private DecoderProgram program;
    private TestVideos videos;
    private Path clip;
    private final List<Sample> samples = new ArrayList<>();

    @BeforeEach
    void prepare() throws Exception {
        children = Children.in(folder.resolve("data"));
        processes = HeldChildren.of(children, "samples");
        program = new DecoderInstaller().install();
        videos = TestVideos.make(folder, program.path(), program.environment());
        clip = folder.resolve("clip.mp4");
        ProcessBuilder builder =
                new ProcessBuilder(
                        program.path().toString(),
                        "-v",
                        "error",
                        "-r",
                        "10",
                        "-i",
                        folder.resolve("usual.h264").toString(),
                        "-c",
                        "copy",
                        clip.toString());
        builder.environment().putAll(program.environment());
        assertThat(builder.inheritIO().start().waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void tidy() {
        children.close();
    }

    private void keep(Sample sample) throws Exception {
        assertThat(sample.lines()).noneMatch(line -> line.contains("s3cret"));
        sample.write();
        samples.add(sample);
    }

    @Test
    void makeAllSamplesAnew() throws Exception {
        gstreamer();
        Optional<Path> tool = RealServer.miniTool();
        if (tool.isPresent()) {
            mini(tool.get());
        }
        hostile();
        hostileInMidStream();
        hostileOverHttp();
        elsewhere();

        assertThat(samples).isNotEmpty();
    }

    private void gstreamer() throws Exception {
        try (RealServer server = RealServer.gstreamer(clip, LOGIN)) {
            refusals("gstreamer", GSTREAMER, server);
            keep(
                    passing("gstreamer-killed", "the server dies", GSTREAMER, Cause.END_OF_STREAM)
                            .at(server.url(LOGIN, "cam"))
                            .inMidStream(processes, program, decoder -> server.close()));
        }
        try (RealServer server = RealServer.gstreamer(clip, "")) {
            keep(
                    permanent(
                                    "gstreamer-no-such-path",
                                    "no such stream",
                                    GSTREAMER,
                                    Cause.NOT_FOUND)
                            .at(server.url("", "nowhere"))
                            .sample(processes, program));
            keep(
                    passing(
                                    "gstreamer-no-media",
                                    "the server has no video",
                                    GSTREAMER,
                                    Cause.REFUSED)
                            .at(server.url("", "gone"))
                            .sample(processes, program));
            keep(
                    passing("gstreamer-end", "the video ends", GSTREAMER, Cause.END_OF_STREAM)
                            .at(server.url("", "cam"))
                            .sample(processes, program));
            keep(
                    passing("decoder-killed", "the decoder is killed", GSTREAMER, Cause.CRASHED)
                            .at(server.url("", "cam"))
                            .inMidStream(
                                    processes,
                                    program,
                                    decoder -> signal(decoder.process().pid(), "KILL")));
            keep(
                    passing("decoder-crashed", "the decoder crashes", GSTREAMER, Cause.CRASHED)
                            .at(server.url("", "cam"))
                            .inMidStream(
                                    processes,
                                    program,
                                    decoder -> signal(decoder.process().pid(), "SEGV")));
            keep(
                    passing("gstreamer-frozen", "the server freezes", GSTREAMER, Cause.TIMEOUT)
                            .at(server.url("", "cam"))
                            .inMidStream(processes, program, decoder -> server.signal("STOP")));
            keep(
                    passing(
                                    "gstreamer-frozen-before",
                                    "the server is frozen",
                                    GSTREAMER,
                                    Cause.TIMEOUT)
                            .at(server.url("", "cam"))
                            .sample(processes, program));
        }
    }

    private void refusals(String prefix, String name, RealServer server) throws Exception {
        keep(
                permanent(prefix + "-wrong-password", "a wrong password", name, Cause.UNAUTHORISED)
                        .at(server.url("viewer:0therS3cret", "cam"))
                        .sample(processes, program));
        keep(
                permanent(prefix + "-no-login", "no login is given", name, Cause.UNAUTHORISED)
                        .at(server.url("", "cam"))
                        .sample(processes, program));
    }

    private void mini(Path tool) throws Exception {
        Path elementary = folder.resolve("usual.h264");
        try (RealServer server = RealServer.mini(tool, elementary, LOGIN)) {
            refusals("mini", MINI, server);
            keep(
                    passing("mini-udp-refused", "the server serves TCP alone", MINI, Cause.REFUSED)
                            .at(server.url(LOGIN, "cam"))
                            .overUdp(processes, program));
            keep(
                    passing("mini-stalled", "the server sends nothing more", MINI, Cause.TIMEOUT)
                            .at(server.url(LOGIN, "cam"))
                            .inMidStream(processes, program, decoder -> server.signal("USR1")));
            server.signal("USR1");
            keep(
                    passing("mini-killed", "the server dies", MINI, Cause.END_OF_STREAM)
                            .at(server.url(LOGIN, "cam"))
                            .inMidStream(processes, program, decoder -> server.close()));
        }
    }

    private void hostile() throws Exception {
        Map<Mischief, Cause> passing =
                Map.ofEntries(
                        Map.entry(Mischief.GARBAGE, Cause.TIMEOUT),
                        Map.entry(Mischief.HALF_OPEN, Cause.TIMEOUT),
                        Map.entry(Mischief.TRICKLE, Cause.TIMEOUT),
                        Map.entry(Mischief.HUGE_HEADER, Cause.CODEC),
                        Map.entry(Mischief.ENDLESS_HEADERS, Cause.TIMEOUT),
                        Map.entry(Mischief.HANG_UP, Cause.END_OF_STREAM),
                        Map.entry(Mischief.BUSY, Cause.REFUSED),
                        Map.entry(Mischief.REDIRECT_LOOP, Cause.TIMEOUT),
                        Map.entry(Mischief.NO_VIDEO, Cause.CODEC),
                        Map.entry(Mischief.UNKNOWN_CODEC, Cause.CODEC),
                        Map.entry(Mischief.NONSENSE_SDP, Cause.CODEC),
                        Map.entry(Mischief.CLOSE_AFTER_DESCRIBE, Cause.END_OF_STREAM),
                        Map.entry(Mischief.CLOSE, Cause.END_OF_STREAM),
                        Map.entry(Mischief.FROZEN, Cause.TIMEOUT),
                        Map.entry(Mischief.INCOMPLETE, Cause.CODEC),
                        Map.entry(Mischief.NO_KEY_FRAME, Cause.TIMEOUT),
                        Map.entry(Mischief.TIME_STANDS, Cause.TIMEOUT));
        Map<Mischief, Cause> permanent =
                Map.of(
                        Mischief.REVOKED, Cause.UNAUTHORISED,
                        Mischief.FORBIDDEN, Cause.UNAUTHORISED,
                        Mischief.NOT_FOUND, Cause.NOT_FOUND);
        try (HostileCamera camera = HostileCamera.start(videos)) {
            for (Mischief one : Mischief.values()) {
                String name = "hostile-" + one.path();
                String fault = one.path().replace('-', ' ');
                Map<Mischief, Cause> table = permanent.containsKey(one) ? permanent : passing;
                if (table.containsKey(one)) {
                    Kind kind = new Kind(name, fault, HOSTILE, table.get(one), table == permanent);
                    keep(kind.at(camera.url(one.path())).sample(processes, program));
                }
            }
        }
    }

    private void hostileInMidStream() throws Exception {
        Map<Mischief, Cause> causes =
                Map.of(
                        Mischief.CLOSE, Cause.END_OF_STREAM,
                        Mischief.REVOKED, Cause.END_OF_STREAM,
                        Mischief.FROZEN, Cause.TIMEOUT,
                        Mischief.INCOMPLETE, Cause.TIMEOUT,
                        Mischief.TIME_STANDS, Cause.TIMEOUT,
                        Mischief.NEW_CODEC, Cause.TIMEOUT);
        try (HostileCamera camera =
                HostileCamera.start(
                        videos, 0, Optional.of(new Login("viewer", "s3cret-Pw", true)))) {
            for (Map.Entry<Mischief, Cause> one : causes.entrySet()) {
                String path = one.getKey().path();
                String fault = path.replace('-', ' ') + " in mid-stream";
                keep(
                        passing("hostile-mid-stream-" + path, fault, HOSTILE, one.getValue())
                                .at(camera.url(LOGIN, "mid-" + path))
                                .inMidStream(
                                        processes,
                                        program,
                                        decoder -> camera.turn("mid-" + path, one.getKey())));
            }
        }
    }

    private void hostileOverHttp() throws Exception {
        try (HostileCamera camera = HostileCamera.start(videos)) {
            keep(
                    permanent("http-forbidden", "403 over HTTP", HOSTILE, Cause.UNAUTHORISED)
                            .at(camera.httpUrl("forbidden"))
                            .sample(processes, program));
            keep(
                    permanent("http-not-found", "404 over HTTP", HOSTILE, Cause.NOT_FOUND)
                            .at(camera.httpUrl("not-found"))
                            .sample(processes, program));
            keep(
                    passing("http-busy", "503 over HTTP", HOSTILE, Cause.REFUSED)
                            .at(camera.httpUrl("busy"))
                            .sample(processes, program));
            keep(
                    passing("http-half-open", "no answer over HTTP", HOSTILE, Cause.TIMEOUT)
                            .at(camera.httpUrl("half-open"))
                            .sample(processes, program));
            keep(
                    passing("http-garbage", "garbage over HTTP", HOSTILE, Cause.TIMEOUT)
                            .at(camera.httpUrl("garbage"))
                            .sample(processes, program));
            keep(
                    passing("http-closed", "a closed HTTP stream", HOSTILE, Cause.END_OF_STREAM)
                            .at(camera.httpUrl("front"))
                            .inMidStream(
                                    processes,
                                    program,
                                    decoder -> camera.turn("front", Mischief.CLOSE)));
            keep(
                    passing("tls-unanswered", "no TLS where it is expected", HOSTILE, Cause.TIMEOUT)
                            .at(camera.url("front").replace("rtsp:", "rtsps:"))
                            .sample(processes, program));
        }
    }

    private void elsewhere() throws Exception {
        keep(
                passing("port-closed", "nothing listens", NONE, Cause.REFUSED)
                        .at("rtsp://127.0.0.1:" + RealServer.freePort() + "/cam")
                        .sample(processes, program));
        keep(
                passing("name-unknown", "the host has no address", NONE, Cause.NAME_RESOLUTION)
                        .at("rtsp://no-such-host.invalid/cam")
                        .sample(processes, program));
        keep(
                permanent("file-missing", "the file is not there", NONE, Cause.NOT_FOUND)
                        .at("file:" + folder.resolve("missing.mp4"))
                        .sample(processes, program));
        Path text = Files.writeString(folder.resolve("text.mp4"), "This is no video.\n".repeat(99));
        keep(
                passing("file-no-video", "the file is no video", NONE, Cause.CODEC)
                        .at("file:" + text)
                        .sample(processes, program));
        keep(
                permanent("device-missing", "no such device", NONE, Cause.NOT_FOUND)
                        .at("v4l2:/dev/video99")
                        .sample(processes, program));
    }

    private static void signal(long pid, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                .start()
                .waitFor(5, TimeUnit.SECONDS);
    }

    private static Kind passing(String name, String fault, String server, Cause cause) {
        return new Kind(name, fault, server, cause, false);
    }

    private static Kind permanent(String name, String fault, String server, Cause cause) {
        return new Kind(name, fault, server, cause, true);
    }

    /** A provocation that has no address yet. */
    private record Kind(String name, String fault, String server, Cause cause, boolean permanent) {

        Provocation at(String url) {
            return new Provocation(name, fault, server, url, cause, permanent);
        }
    }
}
