package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the whole system costs beside the bare programs, measured in the same run; rows go to {@code
 * target/bench.md}. Run it with {@code mvn -B -ntp verify -Pbench} on a machine that does nothing
 * else.
 */
@Tag("bench")
class PerformanceBench {

    private static final int WARM_UP = 45;
    private static final int MEASURED = 60;

    @Test
    void oneStillCameraCostsLittleMoreThanItsDecoding() throws Exception {
        stillCameras(1, 1.20);
    }

    @Test
    void eightStillCamerasCostLittleMoreThanTheirDecoding() throws Exception {
        stillCameras(8, 1.10);
    }

    @Test
    void aDetectorOnEveryFrameCostsNoMoreThanMotion() throws Exception {
        Path model = shared("models/yolox_nano.onnx");
        Path clip = Footage.pedestrians1080p25();
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/motion")), "Debian package motion");
        try (RtspServer server = RtspServer.serving(clip);
                Instance instance = Instance.fresh("bench-detector")) {
            instance.start().expect(0);
            instance.shell("model-install", model.toString()).expect(0);
            add(instance, "one", server.url(), "yolox_nano");
            double ours = cost(instance.processes());
            JsonNode frames = instance.json("frames").get(0);
            instance.stop();
            double motion = motion(server.url());

            report(
                    "one 1080p25 camera, YOLOX-nano on every frame, beside Debian's motion",
                    ours,
                    motion,
                    1.0);
            assertThat(frames.get("gated").asLong())
                    .isLessThan(frames.get("analysed").asLong() / 10);
            assertThat(ours / motion).isLessThanOrEqualTo(1.0);
        }
    }

    @Test
    void theHeapIsHardlyTouchedPerFrame() throws Exception {
        Path log = Instance.TARGET.resolve("gc.log");
        Files.deleteIfExists(log);
        try (RtspServer server = RtspServer.serving(Footage.still1080p25());
                Instance instance = Instance.fresh("bench-heap")) {
            instance.startWith("VISIONOPS_JAVA_OPTS", "-Xlog:gc*:file=" + log).expect(0);
            for (int i = 0; i < 4; i++) {
                add(instance, "c" + i, server.url(), "motion");
            }
            TimeUnit.SECONDS.sleep(WARM_UP);
            long framesBefore = received(instance);
            long bytesBefore = instance.allocated();
            TimeUnit.SECONDS.sleep(4L * MEASURED);
            double perFrame =
                    (double) (instance.allocated() - bytesBefore)
                            / (received(instance) - framesBefore);

            row(
                    "heap allocated per frame, whole JVM, two shell calls included",
                    "%.0f bytes".formatted(perFrame),
                    "4096 bytes");
        }
    }

    @Test
    void aColdBootServesTheFirstFrameSoon() throws Exception {
        Path clip = Clips.of(Scenes.demo());
        try (Instance instance = Instance.fresh("bench-boot")) {
            instance.start().expect(0);
            instance.shell(
                            "camera-add",
                            "loop",
                            "file:" + clip,
                            "--set",
                            "loop=true",
                            "--set",
                            "detector=motion")
                    .expect(0);
            instance.stop().expect(0);
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Instance.deleteTree(instance.data().resolve("karaf/cache"));
                long started = System.currentTimeMillis();
                instance.start().expect(0);
                Await.until(30, () -> instance.json("frames").get(0).get("received").asLong() > 0);
                seconds.add((firstFrame(instance) - started) / 1000.0);
                instance.stop().expect(0);
            }
            seconds.sort(null);
            row(
                    "cold boot (no cache) to the first frame, median of 5",
                    "%.1f s".formatted(seconds.get(2)),
                    "-");
        }
    }

    private static long firstFrame(Instance instance) throws IOException {
        Matcher line =
                Pattern.compile("(?m)^(\\S+).*camera loop: STREAMING").matcher(instance.log());
        String time = null;
        while (line.find()) {
            time = line.group(1);
        }
        return java.time.Instant.parse(time).toEpochMilli();
    }

    private void stillCameras(int cameras, double bar) throws Exception {
        Path clip = Footage.still1080p25();
        List<RtspServer> servers = new ArrayList<>();
        List<Process> bare = new ArrayList<>();
        try (Instance instance = Instance.fresh("bench-still-" + cameras)) {
            for (int i = 0; i < cameras; i++) {
                servers.add(RtspServer.serving(clip));
            }
            for (RtspServer server : servers) {
                bare.add(bareDecoder(server.url()));
            }
            double floor = cost(bare.stream().map(Process::toHandle).toList());
            bare.forEach(Process::destroy);

            instance.start().expect(0);
            for (int i = 0; i < cameras; i++) {
                add(instance, "c" + i, servers.get(i).url(), "motion");
            }
            double ours = cost(instance.processes());

            report(
                    cameras + " still 1080p25 camera(s) at 5 fps beside bare ffmpeg",
                    ours,
                    floor,
                    bar);
            assertThat(ours / floor).isLessThanOrEqualTo(bar);
        } finally {
            bare.forEach(Process::destroyForcibly);
            servers.forEach(RtspServer::close);
        }
    }

    private static void add(Instance instance, String name, String url, String detector)
            throws Exception {
        instance.shell("camera-add", name, url, "--set", "detector=" + detector).expect(0);
        Await.until(30, () -> instance.stateOf(name).equals("STREAMING"));
    }

    /** The same decoding, rate and scale as a camera's decoder, to nothing. */
    private static Process bareDecoder(String url) throws IOException {
        ProcessBuilder builder =
                Ffmpeg.command(
                        List.of(
                                "-threads",
                                "1",
                                "-rtsp_transport",
                                "tcp",
                                "-i",
                                url,
                                "-an",
                                "-vf",
                                "fps=5,scale=640:-2:flags=fast_bilinear",
                                "-pix_fmt",
                                "yuv420p",
                                "-f",
                                "null",
                                "-"));
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static double motion(String url) throws Exception {
        Path folder = Files.createDirectories(Instance.TARGET.resolve("motion"));
        Path config = folder.resolve("motion.conf");
        Files.writeString(
                config,
                """
                daemon off
                netcam_url %s
                netcam_params rtsp_transport=tcp
                width 1920
                height 1080
                framerate 5
                picture_output off
                movie_output off
                webcontrol_port 0
                stream_port 0
                log_level 4
                target_dir %s
                """
                        .formatted(url, folder));
        Process motion =
                new ProcessBuilder("/usr/bin/motion", "-n", "-c", config.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return cost(List.of(motion.toHandle()));
        } finally {
            motion.destroyForcibly();
        }
    }

    /** CPU seconds per second once things have settled. */
    private static double cost(List<ProcessHandle> processes) throws Exception {
        TimeUnit.SECONDS.sleep(WARM_UP);
        double before = CpuTime.seconds(processes);
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(MEASURED);
        return (CpuTime.seconds(processes) - before) / ((System.nanoTime() - start) / 1e9);
    }

    private static long received(Instance instance) throws Exception {
        long sum = 0;
        for (JsonNode frames : instance.json("frames")) {
            sum += frames.get("received").asLong();
        }
        return sum;
    }

    private static Path shared(String name) {
        Path file = Instance.SHARED.resolve(name);
        Assumptions.assumeTrue(Files.exists(file), "test data " + name + " is not there");
        return file;
    }

    private static void report(String what, double ours, double bare, double bar)
            throws IOException {
        row(what, "%.4f / %.4f = %.3f".formatted(ours, bare, ours / bare), "%.2f".formatted(bar));
    }

    static void row(String what, String value, String bar) throws IOException {
        String line = String.format(Locale.ROOT, "| %s | %s | %s |%n", what, value, bar);
        System.out.print(line);
        Files.writeString(
                Instance.TARGET.resolve("bench.md"),
                line,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
