package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What the whole system costs beside the bare programs, measured in the same run; rows go to {@code
 * target/bench.md}. Run it with {@code mvn -B -ntp verify -Pbench} on a machine that does nothing
 * else.
 */
@Tag("bench")
@Isolated
class PerformanceBench {

    /**
     * Until Java has compiled most of what it will: its second compiler begins late (ADR 105), and
     * after two minutes still takes 2.5 ms of each second of eight cameras.
     */
    private static final int WARM_UP = 300;

    private static final int MEASURED = 60;

    /**
     * One and eight of them. A line through both tells what is taken at rest, by everything that
     * has nothing to do with a camera, from what a frame takes.
     */
    @Test
    void stillCamerasCostLittleMoreThanTheirDecoding() throws Exception {
        Rates one = rates(1);
        Rates eight = rates(8);
        double more = eight.frames() - one.frames();
        double bytes = (eight.bytes() - one.bytes()) / more;
        double cpu = (eight.jvm() - one.jvm()) / more;

        report(
                "one still 1080p25 camera at 5 fps beside bare ffmpeg",
                one.all(),
                one.bare(),
                "1.20");
        report("eight of them", eight.all(), eight.bare(), "1.10");
        row(
                "heap allocated by a frame, and at rest",
                String.format(
                        Locale.ROOT,
                        "%.0f bytes, %.0f bytes a second",
                        bytes,
                        one.bytes() - bytes * one.frames()),
                "4096 bytes, -");
        row(
                "CPU of the JVM by a frame, and at rest",
                String.format(
                        Locale.ROOT, "%.2f ms, %.4f", 1000 * cpu, one.jvm() - cpu * one.frames()),
                "-");
        assertThat(one.all() / one.bare()).isLessThanOrEqualTo(1.20);
        assertThat(eight.all() / eight.bare()).isLessThanOrEqualTo(1.10);
        assertThat(bytes).isLessThan(4096);
    }

    /**
     * What is taken each second.
     *
     * @param frames that came
     * @param bytes allocated on the heap by all threads
     * @param jvm CPU seconds of the Java machine
     * @param all of it and its decoders
     * @param bare of decoders alone
     */
    private record Rates(double frames, double bytes, double jvm, double all, double bare) {}

    /**
     * Of a program that watches still cameras. The calls of the shell that count the frames are
     * outside of what is measured.
     */
    private static Rates rates(int cameras) throws Exception {
        List<RtspServer> servers = new ArrayList<>();
        List<Process> bare = new ArrayList<>();
        try (Instance instance = Instance.fresh("bench-still-" + cameras)) {
            instance.start().expect(0);
            for (int i = 0; i < cameras; i++) {
                servers.add(RtspServer.serving(Footage.still1080p25()));
                add(instance, "c" + i, servers.get(i).url(), "motion");
                bare.add(bareDecoder(servers.get(i).url()));
            }
            TimeUnit.SECONDS.sleep(WARM_UP);
            long framesBefore = received(instance);
            long counted = System.nanoTime();
            // What is done after the answer of the shell has ended by then.
            TimeUnit.SECONDS.sleep(5);
            long bytesBefore = instance.allocated();
            double[] cost =
                    costs(
                            3 * MEASURED,
                            List.of(List.of(instance.jvm()), instance.processes(), handles(bare)));
            long bytes = instance.allocated() - bytesBefore;
            double seconds = (System.nanoTime() - counted) / 1e9;
            long frames = received(instance) - framesBefore;
            return new Rates(frames / seconds, bytes / (3.0 * MEASURED), cost[0], cost[1], cost[2]);
        } finally {
            bare.forEach(Process::destroyForcibly);
            servers.forEach(RtspServer::close);
        }
    }

    private static List<ProcessHandle> handles(List<Process> processes) {
        return processes.stream().map(Process::toHandle).toList();
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
            Process motion = motion(server.url(), "");
            Process slowMotion = motion(server.url(), "framerate 5");
            double[] cost;
            try {
                TimeUnit.SECONDS.sleep(WARM_UP);
                cost =
                        costs(
                                MEASURED,
                                List.of(
                                        instance.processes(),
                                        handles(List.of(motion)),
                                        handles(List.of(slowMotion))));
            } finally {
                motion.destroyForcibly();
                slowMotion.destroyForcibly();
            }
            double ours = cost[0];
            JsonNode frames = instance.json("frames").get(0);
            instance.stop();
            Duration bare = bareCall(model, server.url());

            report(
                    "one 1080p25 camera, YOLOX-nano on every frame, beside Debian's motion as it is"
                            + " (15 frames a second)",
                    ours,
                    cost[1],
                    "1.00");
            report("the same beside motion set to 5 frames a second", ours, cost[2], "-");
            assertThat(frames.get("gated").asLong())
                    .isLessThan(frames.get("analysed").asLong() / 10);
            double call = frames.get("detectMs").get("median").asDouble();
            double bareMillis = bare.toNanos() / 1e6;
            row(
                    "one YOLOX-nano call in the pipeline beside the bare ONNX Runtime call, medians",
                    String.format(
                            Locale.ROOT,
                            "%.1f ms / %.1f ms = %.3f",
                            call,
                            bareMillis,
                            call / bareMillis),
                    "1.10");
            latency("YOLOX-nano on every frame", frames);
            assertThat(ours / cost[1]).isLessThanOrEqualTo(1.0);
            assertThat(call / bareMillis).isLessThanOrEqualTo(1.10);
        }
    }

    /** At the camera's rate and beside the same decoding, as the pipeline calls it. */
    private static Duration bareCall(Path model, String url) throws Exception {
        Process decoder = bareDecoder(url);
        try (BareDetector detector = new BareDetector(model)) {
            return detector.medianOf(WARM_UP, 5);
        } finally {
            decoder.destroyForcibly();
        }
    }

    @Test
    void rowsAreCommittedSoonAfterTheirFrame() throws Exception {
        try (RtspServer server = RtspServer.serving(Footage.pedestrians1080p25());
                Instance instance = Instance.fresh("bench-latency")) {
            instance.start().expect(0);
            add(instance, "one", server.url(), "motion");
            TimeUnit.SECONDS.sleep(MEASURED);

            latency("motion", instance.json("frames").get(0));
        }
    }

    private static void latency(String detector, JsonNode frames) throws IOException {
        row(
                "one 1080p25 camera, "
                        + detector
                        + ": from the complete frame to its committed rows, median and p95",
                String.format(
                        Locale.ROOT,
                        "%.0f ms, %.0f ms",
                        frames.get("commitMs").get("median").asDouble(),
                        frames.get("commitMs").get("p95").asDouble()),
                "-");
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
                    String.format(Locale.ROOT, "%.1f s", seconds.get(2)),
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

    /** Debian's motion, detecting motion and nothing else. */
    private static Process motion(String url, String more) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Instance.TARGET), "motion");
        Path config = folder.resolve("motion.conf");
        Files.writeString(
                config,
                String.format(
                        Locale.ROOT,
                        """
                daemon off
                netcam_url %s
                netcam_params rtsp_transport=tcp
                width 1920
                height 1080
                %s
                picture_output off
                movie_output off
                webcontrol_port 0
                stream_port 0
                log_level 4
                target_dir %s
                """,
                        url,
                        more,
                        folder));
        return new ProcessBuilder("/usr/bin/motion", "-n", "-c", config.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /**
     * CPU seconds per second of several groups of processes, measured at the same time: how much
     * work a second of CPU does differs from minute to minute.
     */
    private static double[] costs(int seconds, List<List<ProcessHandle>> groups) throws Exception {
        double[] cost = new double[groups.size()];
        for (int i = 0; i < cost.length; i++) {
            cost[i] = -CpuTime.seconds(groups.get(i));
        }
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double took = (System.nanoTime() - start) / 1e9;
        for (int i = 0; i < cost.length; i++) {
            cost[i] = (cost[i] + CpuTime.seconds(groups.get(i))) / took;
        }
        return cost;
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

    private static void report(String what, double ours, double bare, String bar)
            throws IOException {
        row(what, String.format(Locale.ROOT, "%.4f / %.4f = %.3f", ours, bare, ours / bare), bar);
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
