package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scene;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rendered scenes, analysed frame by frame with the motion detector: the counts are exact and every
 * frame is there.
 */
class CountingTruthIT {

    private static Instance instance;

    @BeforeAll
    static void start() throws Exception {
        instance = Instance.fresh("truth");
        instance.start().expect(0);
    }

    @AfterAll
    static void stop() throws Exception {
        instance.close();
    }

    static List<Scene> scenes() {
        return List.of(Scenes.oneWalker(), Scenes.groups(), Scenes.pillar());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void theCountsOfARenderedSceneAreExact(Scene scene) throws Exception {
        Path clip = Clips.of(scene);
        Scene.Crossings truth = scene.crossings(Scenes.DOOR);

        instance.shell(
                        "camera-add",
                        scene.name(),
                        "file:" + clip,
                        "--set",
                        "pace=asap",
                        "--set",
                        "detect.fps=10",
                        "--set",
                        "detector=motion",
                        "--set",
                        "objects=moving",
                        "--set",
                        "line.door=0.5,1 0.5,0.2")
                .expect(0);
        Await.until(60, () -> instance.stateOf(scene.name()).equals("IDLE"));
        Await.until(
                20,
                () -> instance.frames(scene.name()).path("received").asLong() == scene.frames());

        JsonNode frames = instance.frames(scene.name());
        assertThat(frames.get("dropped"))
                .as(frames.toString())
                .allMatch(reason -> reason.asLong() == 0);
        assertThat(frames.get("analysed").asLong() + frames.get("gated").asLong())
                .isEqualTo(scene.frames());
        Await.until(
                5,
                () ->
                        instance.json("events", "--camera", scene.name(), "--label", "moving")
                                        .get("events")
                                        .size()
                                >= truth.in() + truth.out());
        assertThat(instance.counts(scene.name(), "door")).containsExactly(truth.in(), truth.out());
        // The film ends when it was made, which may be long ago.
        Instant made = Files.getLastModifiedTime(clip).toInstant();
        // Watched time is told a little later than events are.
        Await.until(20, () -> coverage(scene, made) > 0.95);
        JsonNode tracks = instance.json("tracks", "--camera", scene.name());
        assertThat(tracks).isNotEmpty();
        assertThat(tracks.get(0).get("tracks").get(0).get("box")).hasSize(4);
    }

    private static double coverage(Scene scene, Instant made) throws Exception {
        return instance.json(
                        "counts",
                        "--camera",
                        scene.name(),
                        "--line",
                        "door",
                        "--interval",
                        "all",
                        "--from",
                        made.minusMillis(100L * scene.frames()).toString(),
                        "--to",
                        made.toString())
                .get(0)
                .path("coverage")
                .asDouble();
    }
}
