package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Signed releases are installed and taken back while cameras stream. */
@Isolated
class UpdateIT {

    private static final List<String> CAMERAS = List.of("left", "right");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CLIP = Duration.ofMinutes(5);

    /** Short ones; a gate of a minute says no more here. */
    private static final String[] GATE = {"gate.hold = 8s", "gate.limit = 60s"};

    @Test
    void aReleaseIsSwappedInUnderCamerasAndGoneBackFromWithOneCommand() throws Exception {
        NextRelease.Maker maker = NextRelease.Maker.fresh("update-maker");
        maker.sign(NextRelease.of("update-2", "1.0.1").with("inference", "1.0.1"), 2);
        Path clip = Clips.of(Scenes.procession(), CLIP);
        try (RtspServer server = RtspServer.serving(clip);
                Instance instance = Instance.fresh("update")) {
            maker.trustedBy(instance, GATE);
            instance.start().expect(0);
            for (String camera : CAMERAS) {
                Cameras.addProcession(instance, camera, server.url());
            }
            Cameras.awaitCrossings(instance, CAMERAS);
            List<Long> decoders = pids(instance);
            ProcessHandle jvm = instance.jvm();

            assertThat(instance.shell("update-check").expect(0).out())
                    .contains("release 2 (1.0.1) is there");
            JsonNode plan = instance.json("update-install", "--dry-run");
            assertThat(plan.get("level").asInt()).isEqualTo(1);
            assertThat(plan.get("bundles").toString())
                    .contains("io.visionops.inference")
                    .doesNotContain("io.visionops.store");
            assertThat(version(instance, "inference")).isEqualTo("1.0.0");

            Instant begun = Instant.now();
            instance.shell("update-install").expect(0);
            awaitStage(instance, "installed");
            assertThat(version(instance, "inference")).isEqualTo("1.0.1");
            assertThat(instance.json("update-status").get("release").asLong()).isEqualTo(2);

            instance.shell("update-rollback").expect(0);
            awaitStage(instance, "installed");
            assertThat(version(instance, "inference")).isEqualTo("1.0.0");
            assertThat(instance.json("update-status").get("release").asLong()).isZero();
            Instant ended = Instant.now();

            JsonNode history = instance.json("update-history");
            assertThat(history).hasSize(2);
            System.out.println(history);
            TimeUnit.SECONDS.sleep(2L * Scenes.PROCESSION_INTERVAL);
            assertThat(pids(instance)).isEqualTo(decoders);
            assertThat(instance.jvm()).isEqualTo(jvm);
            instance.stop().expect(0);
            for (String camera : CAMERAS) {
                ProcessionRecord record = ProcessionRecord.of(instance, camera);
                assertThat(record.tally().lost()).as(camera).isZero();
                assertThat(record.tally().doubled()).as(camera).isZero();
                long gap = record.longestGap(begun, ended);
                System.out.printf("%s: %d ms between frames%n", camera, gap);
                assertThat(gap).as(camera).isLessThanOrEqualTo(1000);
            }
        }
    }

    @Test
    void whatWasInstalledRunsAfterACrashAndWhatWasNotConfirmedDoesNot() throws Exception {
        NextRelease.Maker maker = NextRelease.Maker.fresh("kept-maker");
        maker.sign(NextRelease.of("kept-2", "1.0.1").with("console", "1.0.1"), 2);
        try (Instance instance = Instance.fresh("update-kept")) {
            maker.trustedBy(instance, GATE);
            instance.start().expect(0);

            instance.shell("update-install").expect(0);
            Await.until(60, () -> stage(instance).equals("gate"));
            killed(instance);
            Await.until(60, () -> outcome(instance).equals("rolled-back"));
            assertThat(version(instance, "console")).isEqualTo("1.0.0");
            assertThat(instance.shell("update-install").status()).isEqualTo(1);

            instance.shell("update-install", "--again").expect(0);
            awaitStage(instance, "installed");
            killed(instance);
            assertThat(version(instance, "console")).isEqualTo("1.0.1");
            assertThat(instance.json("update-status").get("release").asLong()).isEqualTo(2);
            assertThat(Instance.commandLine(instance.jvm())).contains("releases/000002");
        }
    }

    @Test
    void aReleaseOfWhatIsNotSwappedIsStartedAndGoneBackFromWhenItDoesNotStart() throws Exception {
        NextRelease.Maker maker = NextRelease.Maker.fresh("started-maker");
        maker.sign(NextRelease.of("started-2", "1.0.1").with("processes", "1.0.1"), 2);
        try (Instance instance = Instance.fresh("update-started")) {
            maker.trustedBy(instance, GATE);
            instance.start().expect(0);

            assertThat(instance.json("update-install").get("level").asInt()).isEqualTo(2);
            Await.until(120, () -> stage(instance).equals("installed"));
            assertThat(version(instance, "processes")).isEqualTo("1.0.1");

            maker.sign(
                    NextRelease.of("started-3", "1.0.2")
                            .with(
                                    "processes",
                                    "1.0.2",
                                    java.util.Map.of(
                                            "META-INF/MANIFEST.MF",
                                            "Import-Package: io.visionops.absent"
                                                    .getBytes(
                                                            java.nio.charset.StandardCharsets
                                                                    .UTF_8))),
                    3);
            instance.shell("update-install").expect(0);
            Await.until(240, () -> outcome(instance).equals("rolled-back"));
            assertThat(version(instance, "processes")).isEqualTo("1.0.1");
            assertThat(instance.shell("restart-status").expect(0).out()).contains("release 3");
        }
    }

    private static void killed(Instance instance) throws Exception {
        ProcessHandle jvm = instance.jvm();
        jvm.destroyForcibly();
        jvm.onExit().join();
        Path served = instance.data().resolve("run/served");
        Await.until(
                60,
                () ->
                        Files.exists(served)
                                && instance.shell("update-status", "--json").status() == 0);
    }

    private static void awaitStage(Instance instance, String stage) {
        Await.until(
                90,
                () -> {
                    String now = stage(instance);
                    assertThat(now)
                            .as(instance.json("update-status").toString())
                            .isNotIn("failed", stage.equals("rolled-back") ? "" : "rolled-back");
                    return now.equals(stage);
                });
    }

    private static String stage(Instance instance) throws Exception {
        Instance.Result result = instance.shell("update-status", "--json");
        return result.status() == 0 ? JSON.readTree(result.out()).get("stage").asText() : "";
    }

    /** Of the last update; empty while there is none, or nobody answers. */
    private static String outcome(Instance instance) throws Exception {
        Instance.Result result = instance.shell("update-history", "--json");
        JsonNode rows = result.status() == 0 ? JSON.readTree(result.out()) : null;
        return rows == null || rows.isEmpty() ? "" : rows.get(0).get("outcome").asText();
    }

    private static String version(Instance instance, String part) throws Exception {
        String out = instance.shell("bundle:list", "-t", "0", "-s").expect(0).out();
        return out.lines()
                .filter(line -> line.contains("io.visionops." + part))
                .findFirst()
                .map(line -> line.replaceAll(".*[|│] *(1[.][0-9.]+) *[|│].*", "$1"))
                .orElse("absent");
    }

    private static List<Long> pids(Instance instance) {
        return instance.decoders().stream().map(ProcessHandle::pid).sorted().toList();
    }
}
