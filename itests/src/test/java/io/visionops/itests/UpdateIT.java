package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Signed releases are installed and taken back while cameras stream. */
@Isolated
class UpdateIT {

    private static final List<String> CAMERAS = List.of("left", "right");
    private static final Duration CLIP = Duration.ofMinutes(5);

    /** Short ones; a gate of a minute says no more here. */
    static final String[] GATE = {"gate.hold = 8s", "gate.limit = 60s"};

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
            List<Long> decoders = instance.decoderPids();
            ProcessHandle jvm = instance.jvm();

            assertThat(instance.shell("update-check").expect(0).out())
                    .contains("release 2 (1.0.1) is there");
            JsonNode plan = instance.json("update-install", "--dry-run");
            assertThat(plan.get("level").asInt()).isEqualTo(1);
            assertThat(plan.get("bundles").toString())
                    .contains("io.visionops.inference")
                    .doesNotContain("io.visionops.store");
            assertThat(UpdateCommands.version(instance, "inference")).isEqualTo("1.0.0");

            Instant begun = Instant.now();
            instance.shell("update-install", "--canary", "left", "--for", "15s").expect(0);
            UpdateCommands.awaitStage(instance, "installed");
            JsonNode canary = instance.json("update-canary");
            System.out.println(canary);
            assertThat(canary.get("verdict").asText()).isEqualTo("it does as well");
            assertThat(canary.get("candidate").get("frames").asLong()).isGreaterThan(100);
            assertThat(canary.get("candidate").get("crossings")).isNotEmpty();
            assertThat(UpdateCommands.version(instance, "inference")).isEqualTo("1.0.1");
            assertThat(instance.json("update-status").get("release").asLong()).isEqualTo(2);

            instance.shell("update-rollback").expect(0);
            UpdateCommands.awaitStage(instance, "installed");
            assertThat(UpdateCommands.version(instance, "inference")).isEqualTo("1.0.0");
            assertThat(instance.json("update-status").get("release").asLong()).isZero();
            maker.sign(
                    NextRelease.of("update-3", "1.0.2").with("inference", "1.0.2", countsNothing()),
                    3);
            instance.shell("update-install", "--canary", "right", "--for", "15s").expect(0);
            UpdateCommands.awaitStage(instance, "dropped");
            assertThat(instance.json("update-canary").get("verdict").asText())
                    .contains("counts otherwise");
            assertThat(UpdateCommands.version(instance, "inference")).isEqualTo("1.0.0");
            Instant ended = Instant.now();

            JsonNode history = instance.json("update-history");
            assertThat(history).hasSize(3);
            System.out.println(history);
            TimeUnit.SECONDS.sleep(2L * Scenes.PROCESSION_INTERVAL);
            assertThat(instance.decoderPids()).isEqualTo(decoders);
            assertThat(instance.jvm()).isEqualTo(jvm);
            instance.stop().expect(0);
            for (String camera : CAMERAS) {
                ProcessionRecord record = ProcessionRecord.of(instance, camera);
                assertThat(record.tally().lost()).as(camera).isZero();
                assertThat(record.tally().doubled()).as(camera).isZero();
                long gap = record.longestGap(begun, ended);
                System.out.printf("%s: %d ms between frames%n", camera, gap);
                assertThat(gap).as(camera).isLessThanOrEqualTo(HandoverIT.LONGEST_GAP_MILLIS);
            }
        }
    }

    private static Map<String, byte[]> countsNothing() throws IOException {
        return CompiledSource.ofBundle(
                "inference",
                "io.visionops.inference.internal.pipeline.FactBatch",
                "void happened(Event event, List<Fact> itsFacts) {",
                "void happened(Event event, List<Fact> itsFacts) { if (event != null) return;");
    }
}
