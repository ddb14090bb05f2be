package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a camera may be asked for, from the command line to its processes. */
class LevelIT {

    @Test
    void aCameraThatIsPausedHasNoProcessAndIsBlindAndComesBack() throws Exception {
        try (Instance instance = Instance.fresh("paused");
                RtspServer server = RtspServer.serving(Clips.of(Scenes.demo()))) {
            instance.start().expect(0);
            instance.shell("camera-add", "gate", server.url(), "--set", "detect.fps=10").expect(0);
            Await.until(20, () -> instance.stateOf("gate").equals("STREAMING"));

            instance.shell("camera-level", "gate", "paused", "--reason", "maintenance").expect(0);

            Await.until(5, () -> instance.decoders().isEmpty());
            JsonNode camera = instance.camera("gate");
            assertThat(camera.get("state").asText()).isEqualTo("IDLE");
            assertThat(camera.get("cause").asText()).startsWith("paused:").contains("maintenance");
            JsonNode shown = instance.json("camera-level", "gate");
            assertThat(shown.get("level").asText()).isEqualTo("paused");
            assertThat(shown.get("requests")).hasSize(1);
            assertThat(shown.get("requests").get(0).get("reason").asText())
                    .isEqualTo("maintenance");
            // What somebody asks for meanwhile does not undo it.
            instance.shell("camera-reconnect", "gate").expect(0);
            TimeUnit.SECONDS.sleep(25);
            assertThat(instance.decoders()).isEmpty();
            assertThat(instance.json("coverage", "--camera", "gate", "--from", "30m").toString())
                    .contains("\"paused\"");

            instance.shell("camera-level", "gate", "full").expect(0);
            Await.until(20, () -> instance.stateOf("gate").equals("STREAMING"));
            assertThat(instance.decoders()).hasSize(1);
            assertThat(instance.json("camera-level", "gate").get("requests")).isEmpty();
            assertThat(instance.json("events", "--camera", "gate").toString())
                    .contains("level-changed");
        }
    }
}
