package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Another way to a camera: transport, address, or a second connection. */
@Isolated
class FailoverIT {

    @Test
    void aServerThatRefusesATransportIsReadOverTheOther() throws Exception {
        Path clip = Clips.of(Scenes.demo());
        try (Instance instance = Instance.fresh("transport");
                RtspServer udp = RtspServer.only("udp", clip);
                RtspServer tcp = RtspServer.only("tcp", clip)) {
            instance.start().expect(0);

            instance.shell("camera-add", "a", udp.url()).expect(0);
            instance.shell("camera-add", "b", tcp.url(), "--set", "transport=udp").expect(0);

            Await.until(20, () -> instance.stateOf("a").equals("STREAMING"));
            Await.until(20, () -> instance.stateOf("b").equals("STREAMING"));
            assertThat(decoder(instance, "a").get("transport").asText()).isEqualTo("udp");
            assertThat(decoder(instance, "b").get("transport").asText()).isEqualTo("tcp");
        }
    }

    @Test
    void aFallbackIsUsedUntilTheFirstAddressIsWellAgain() throws Exception {
        Path clip = Clips.of(Scenes.demo());
        int port = RtspServer.freePort();
        try (Instance instance = Instance.fresh("fallback");
                RtspServer other = RtspServer.serving(clip)) {
            instance.start().expect(0);
            instance.shell(
                            "camera-add",
                            "gate",
                            "rtsp://127.0.0.1:" + port + "/cam",
                            "--set",
                            "fallback.urls=" + other.url(),
                            "--set",
                            "reconnect.probe=5s")
                    .expect(0);
            Await.until(20, () -> instance.stateOf("gate").equals("STREAMING"));
            assertThat(decoder(instance, "gate").get("address").asInt()).isEqualTo(1);
            long reconnects = instance.camera("gate").get("reconnects").asLong();

            try (RtspServer first = RtspServer.start(port, clip, "")) {
                Await.until(20, () -> decoder(instance, "gate").path("address").asInt(1) == 0);

                assertThat(instance.stateOf("gate")).isEqualTo("STREAMING");
                assertThat(instance.camera("gate").get("reconnects").asLong())
                        .isEqualTo(reconnects);
                assertThat(instance.json("events", "--camera", "gate").toString())
                        .contains("now from the first address");
            }
        }
    }

    /** At ten frames a second a gap of more than two frame times would miss more than one frame. */
    @Test
    void aSmoothReconnectMissesNoFrame() throws Exception {
        try (Instance instance = Instance.fresh("smooth");
                RtspServer server = RtspServer.serving(Clips.of(Scenes.demo()))) {
            instance.start().expect(0);
            instance.shell("camera-add", "gate", server.url(), "--set", "detect.fps=10").expect(0);
            Await.until(20, () -> instance.stateOf("gate").equals("STREAMING"));
            int renewals = 5;
            long began = System.nanoTime();
            long before = received(instance);

            for (int i = 0; i < renewals; i++) {
                long pid = decoder(instance, "gate").get("pid").asLong();
                instance.shell("camera-reconnect", "gate", "--smooth").expect(0);
                Await.until(20, () -> decoder(instance, "gate").path("pid").asLong(pid) != pid);
            }

            long frames = received(instance) - before;
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "%d renewals in %.1f s: %d frames, %.0f due%n",
                    renewals, seconds, frames, seconds * 10);
            assertThat(frames).isGreaterThanOrEqualTo((long) (seconds * 10) - renewals - 10);
            assertThat(instance.camera("gate").get("reconnects").asLong()).isZero();
            // The one that was replaced last has a moment to end.
            Await.until(5, () -> instance.decoders().size() == 1);
        }
    }

    /** Key frames come once a second in this clip. */
    @Test
    void aServiceLevelIsSwitchedWithoutLosingMoreThanASecond() throws Exception {
        try (Instance instance = Instance.fresh("level");
                RtspServer server = RtspServer.serving(Clips.of(Scenes.demo()))) {
            instance.start().expect(0);
            instance.shell("camera-add", "gate", server.url(), "--set", "detect.fps=10").expect(0);
            Await.until(20, () -> instance.stateOf("gate").equals("STREAMING"));

            assertThat(oldestFrameWhenSwitchedTo(instance, "keyframes", "keyframes", 1))
                    .isLessThanOrEqualTo(Duration.ofMillis(1000 + 1000));
            assertThat(oldestFrameWhenSwitchedTo(instance, "2", "reduced", 2))
                    .isLessThanOrEqualTo(Duration.ofMillis(1000 + 500));
            assertThat(oldestFrameWhenSwitchedTo(instance, "full", "full", 10))
                    .isLessThanOrEqualTo(Duration.ofMillis(1000 + 100));

            assertThat(instance.camera("gate").get("reconnects").asLong()).isZero();
            assertThat(instance.json("coverage", "--camera", "gate").toString())
                    .doesNotContain("timeout");
        }
    }

    /**
     * Watches from the command until frames come as often as the level has them.
     *
     * @param fps frames a second at that level
     * @return the greatest age of the latest frame, the time that asking takes included
     */
    private static Duration oldestFrameWhenSwitchedTo(
            Instance instance, String level, String shown, int fps) throws Exception {
        instance.shell("camera-level", "gate", level).expect(0);
        Duration oldest = Duration.ZERO;
        long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        JsonNode camera;
        do {
            camera = instance.camera("gate");
            Instant frame = Instant.parse(camera.get("lastFrame").asText());
            Duration age = Duration.between(frame, Instant.now());
            oldest = age.compareTo(oldest) > 0 ? age : oldest;
            assertThat(System.nanoTime()).as("not switched to " + level).isLessThan(limit);
        } while (!camera.path("decoder").path("level").asText().equals(shown)
                || Math.abs(camera.get("fps").asDouble() - fps) > 0.2 * fps);
        System.out.printf("to %s: no frame older than %d ms%n", level, oldest.toMillis());
        return oldest;
    }

    private static JsonNode decoder(Instance instance, String camera) throws Exception {
        return instance.camera(camera).path("decoder");
    }

    private static long received(Instance instance) throws Exception {
        return instance.frames("gate").get("received").asLong();
    }
}
