package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A computer that gets hot and cools down again, of which a file tells the temperature. */
class GovernorIT {

    /** Short times; of the machine that the tests run on nothing but that file counts. */
    private static final String SETTINGS =
            """
            sensor.file = %s
            governor.hold.down = 15s
            governor.hold.pause = 2s
            governor.hold.up = 5s
            governor.memory.throttle = 1000
            governor.memory.release = 900
            governor.cpu.release = 900
            governor.queue.release = 900
            governor.memory.critical = 1000
            governor.cpu.throttle = 1000
            governor.queue.throttle = 1000
            """;

    @Test
    void heatThatDoesNotGoEndsAllCamerasAndSaysWhy() throws Exception {
        try (Instance instance = Instance.fresh("emergency")) {
            Path sensor = instance.data().resolve("degrees");
            degrees(sensor, 50);
            Files.writeString(
                    instance.etc().resolve("io.visionops.health.cfg"), SETTINGS.formatted(sensor));
            instance.start().expect(0);
            instance.shell("camera-add", "door", "file:" + Clips.of(Scenes.demo())).expect(0);
            Await.until(30, () -> instance.stateOf("door").equals("STREAMING"));

            degrees(sensor, 95);

            Await.until(150, () -> instance.call("status").out().contains("safe mode"));
            Instance.Result status = instance.call("status").expect(2);
            assertThat(status.out())
                    .contains("emergency stop: the processor has had 90 degrees and more for 6");
            assertThat(instance.decoders()).isEmpty();
            assertThat(instance.shell("restart-status").expect(0).out())
                    .contains("emergency stop")
                    .doesNotContain("crashed");
        }
    }

    @Test
    void heatTakesFramesThenAllAndCoolnessGivesThemBackStepByStep() throws Exception {
        try (Instance instance = Instance.fresh("governor");
                RtspServer server = RtspServer.serving(Clips.of(Scenes.demo()))) {
            Path sensor = instance.data().resolve("degrees");
            degrees(sensor, 50);
            Files.writeString(
                    instance.etc().resolve("io.visionops.health.cfg"), SETTINGS.formatted(sensor));
            instance.start().expect(0);
            add(instance, "yard", server, 2);
            add(instance, "gate", server, 8);
            Await.until(30, () -> instance.stateOf("yard").equals("STREAMING"));
            Await.until(30, () -> instance.stateOf("gate").equals("STREAMING"));
            Await.until(20, () -> effect(instance).equals("none"));
            assertThat(instance.json("governor").get("level").asInt()).isZero();

            degrees(sensor, 71);
            Await.until(60, () -> level(instance) == 1);
            assertThat(requests(instance, "gate")).isEmpty();
            JsonNode asked = requests(instance, "yard").get(0);
            assertThat(asked.get("by").asText()).isEqualTo("part/governor");
            assertThat(asked.get("level").asText()).isEqualTo("reduced");
            assertThat(asked.get("fps").asInt()).isEqualTo(5);
            assertThat(asked.get("reason").asText())
                    .isEqualTo("temperature 71.0 degrees, limit 70");

            degrees(sensor, 76);
            Await.until(30, () -> level(instance) == 7);
            Await.until(10, () -> instance.decoders().isEmpty());
            assertThat(instance.call("status").expect(1).out())
                    .containsPattern("camera yard is IDLE: paused: .*temperature 76.0 degrees")
                    .containsPattern("camera gate is IDLE: paused: .*temperature 76.0 degrees");
            assertThat(WebPages.of(instance).asAdmin("/metrics"))
                    .containsPattern("(?m)^visionops_governor_level 7")
                    .containsPattern(
                            "(?m)^visionops_governor_pressure\\{input=\"temperature\"\\} 1.08");
            assertThat(capability(instance, "cameras").get("status").asText()).isEqualTo("absent");
            assertThatASwapEndsNoPause(instance, "health");
            assertThatASwapEndsNoPause(instance, "ingest");
            assertThat(instance.decoders()).isEmpty();

            degrees(sensor, 60);
            Await.until(180, () -> level(instance) == 0);
            Await.until(30, () -> instance.stateOf("yard").equals("STREAMING"));
            Await.until(30, () -> instance.stateOf("gate").equals("STREAMING"));
            assertThat(requests(instance, "yard")).isEmpty();
            assertThat(requests(instance, "gate")).isEmpty();
            assertThat(capability(instance, "cameras").get("status").asText()).isEqualTo("full");
            assertThat(levels(instance)).startsWith(1).endsWith(7, 6, 5, 4, 3, 2, 1, 0);
            assertThat(instance.json("events", "--limit", "200").toString())
                    .contains("all cameras are paused: temperature 76.0 degrees, limit 75");
        }
    }

    private static void add(Instance instance, String name, RtspServer server, int priority)
            throws Exception {
        instance.shell(
                        "camera-add",
                        name,
                        server.url(),
                        "--set",
                        "detect.fps=10",
                        "--set",
                        "detector=motion",
                        "--set",
                        "objects=moving",
                        "--set",
                        "priority=" + priority)
                .expect(0);
    }

    /** In one step: whoever reads it meanwhile would find it empty. */
    private static void degrees(Path sensor, int degrees) throws IOException {
        Path fresh = sensor.resolveSibling("degrees.new");
        Files.writeString(fresh, degrees + "000\n");
        Files.move(fresh, sensor, StandardCopyOption.ATOMIC_MOVE);
    }

    /** -1 while it has not looked yet. */
    private static int level(Instance instance) throws Exception {
        Instance.Result answer = instance.shell("governor", "--json");
        return answer.status() == 0
                ? Integer.parseInt(answer.out().replaceAll("(?s).*?\"level\":(\\d).*", "$1"))
                : -1;
    }

    private static String effect(Instance instance) throws Exception {
        for (JsonNode input : instance.json("governor").get("inputs")) {
            if (input.get("input").asText().equals("temperature")) {
                return input.get("effect").asText();
            }
        }
        return "";
    }

    private static JsonNode requests(Instance instance, String camera) throws Exception {
        return instance.json("camera-level", camera).get("requests");
    }

    private static JsonNode capability(Instance instance, String name) throws Exception {
        return StreamSupport.stream(
                        instance.json("capabilities").get("capabilities").spliterator(), false)
                .filter(row -> row.get("capability").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertThatASwapEndsNoPause(Instance instance, String part)
            throws Exception {
        Swap.of(instance, part, Swap.Way.RESTART, 0);
        Await.until(60, () -> level(instance) == 7);
        for (String camera : List.of("yard", "gate")) {
            Await.until(
                    20, () -> instance.json("camera-level", camera).toString().contains("paused"));
            assertThat(requests(instance, camera)).hasSize(1);
        }
    }

    /** As they followed each other. */
    private static List<Integer> levels(Instance instance) throws Exception {
        List<Integer> levels = new ArrayList<>();
        for (JsonNode row :
                instance.json("records", "--kind", "governor", "--limit", "100").get("records")) {
            levels.add(0, row.get("body").get("level").asInt());
        }
        return levels;
    }
}
