package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cameras whose frames come as they should, and show nothing of use. */
class PictureFaultIT {

    @Test
    void aFrozenAndAMovedPictureAreFoundAndAnAcceptedViewIsWell() throws Exception {
        Path live = Clips.of(Scenes.demo());
        Path frozen = changed("frozen", live, "trim=end=12,tpad=stop_mode=clone:stop_duration=60");
        Path moved =
                changed(
                        "moved",
                        live,
                        "loop=loop=2:size=600,setpts=N/10/TB,"
                                + "crop=w=480:h=270:x='if(gte(t,36),66,40)':y='if(gte(t,36),33,45)'");
        try (Instance instance = Instance.fresh("pictures")) {
            instance.start().expect(0);
            instance.shell("camera-add", "well", "file:" + live, "--set", "loop=true").expect(0);
            instance.shell("camera-add", "still", "file:" + frozen).expect(0);
            instance.shell("camera-add", "bumped", "file:" + moved, "--set", "picture.moved=15s")
                    .expect(0);

            Await.until(60, () -> cause(instance, "still").contains("does not change"));
            assertThat(instance.stateOf("still")).isEqualTo("DEGRADED");

            Await.until(60, () -> cause(instance, "bumped").contains("the view has moved"));
            assertThat(instance.stateOf("bumped")).isEqualTo("DEGRADED");
            JsonNode well = instance.camera("well");
            assertThat(well.get("state").asText()).isEqualTo("STREAMING");
            assertThat(Files.exists(instance.data().resolve("visionops/ingest/bumped.view")))
                    .isTrue();

            instance.shell("camera-accept-view", "bumped").expect(0);

            Await.until(20, () -> instance.stateOf("bumped").equals("STREAMING"));
        }
    }

    private static String cause(Instance instance, String camera) throws Exception {
        return instance.camera(camera).path("cause").asText();
    }

    private static Path changed(String name, Path clip, String filter)
            throws IOException, InterruptedException {
        Path file = clip.resolveSibling(name + ".mp4");
        if (!Files.exists(file)) {
            Path part = clip.resolveSibling(name + ".part.mp4");
            Ffmpeg.run(
                    List.of(
                            "-i",
                            clip.toString(),
                            "-vf",
                            filter,
                            "-c:v",
                            "libopenh264",
                            "-b:v",
                            "700k",
                            "-rc_mode",
                            "bitrate",
                            "-allow_skip_frames",
                            "0",
                            "-g",
                            "10",
                            part.toString()));
            Files.move(part, file);
        }
        return file;
    }
}
