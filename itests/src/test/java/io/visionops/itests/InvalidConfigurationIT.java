package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.scene.Scenes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Wrong files in {@code etc}: one clear line each, and the running camera goes on. */
class InvalidConfigurationIT {

    private static final String URL = "url = rtsp://127.0.0.1:9/none\n";

    @Test
    void everyWrongFileGetsOneClearLineAndTheRunningCameraGoesOn() throws Exception {
        Map<String, byte[]> wrong = wrongFiles();
        assertThat(wrong).hasSizeGreaterThanOrEqualTo(50);
        try (Instance instance = Instance.fresh("invalid")) {
            instance.start().expect(0);
            Path clip = Clips.of(Scenes.demo());
            instance.shell(
                            "camera-add",
                            "good",
                            "file:" + clip,
                            "--set",
                            "loop=true",
                            "--set",
                            "detector=motion")
                    .expect(0);
            Await.until(30, () -> instance.stateOf("good").equals("STREAMING"));
            long decoder = instance.decoders().get(0).pid();

            for (Map.Entry<String, byte[]> file : wrong.entrySet()) {
                Files.write(instance.etc().resolve(file.getKey()), file.getValue());
            }

            for (String file : wrong.keySet()) {
                Await.until(30, () -> !linesAbout(instance, file).isEmpty());
            }
            for (String file : wrong.keySet()) {
                List<String> lines = linesAbout(instance, file);
                assertThat(lines).as(file).hasSize(1);
                assertThat(lines.get(0)).as(file).doesNotContain("\tat ").doesNotContain("hunter2");
            }
            assertThat(instance.log()).doesNotContain("\tat ");
            assertThat(instance.json("camera-list")).hasSize(1);
            assertThat(instance.decoders().get(0).pid()).isEqualTo(decoder);
            assertThat(instance.stateOf("good")).isEqualTo("STREAMING");
        }
    }

    @Test
    void aWrongChangeLeavesTheLastGoodInForceAndARightOneAppliesToThatCameraAlone()
            throws Exception {
        try (Instance instance = Instance.fresh("change")) {
            instance.start().expect(0);
            Path clip = Clips.of(Scenes.demo());
            for (String name : List.of("left", "right")) {
                instance.shell(
                                "camera-add",
                                name,
                                "file:" + clip,
                                "--set",
                                "loop=true",
                                "--set",
                                "detector=motion")
                        .expect(0);
            }
            Await.until(
                    30,
                    () ->
                            instance.stateOf("left").equals("STREAMING")
                                    && instance.stateOf("right").equals("STREAMING"));
            List<Long> decoders = instance.decoderPids();
            Path file = instance.etc().resolve("io.visionops.camera-left.cfg");
            String good = Files.readString(file);

            Files.writeString(file, good + "\ndetect.fps = 99\n");
            Await.until(20, () -> instance.call("status").out().contains("detect.fps"));

            assertThat(instance.stateOf("left")).isEqualTo("STREAMING");
            assertThat(instance.decoderPids()).isEqualTo(decoders);
            assertThat(instance.call("status").status()).isEqualTo(1);

            Files.writeString(file, good + "\ndetect.width = 320\n");
            Await.until(20, () -> instance.camera("left").path("width").asInt() == 320);

            assertThat(instance.camera("right").get("reconnects").asLong()).isZero();
            assertThat(instance.camera("right").get("width").asInt()).isEqualTo(640);
            assertThat(instance.call("status").status()).isZero();
        }
    }

    private static List<String> linesAbout(Instance instance, String file) throws Exception {
        return instance.log()
                .lines()
                .filter(
                        line ->
                                line.contains(file)
                                        && (line.contains(" WARN ") || line.contains(" ERROR ")))
                .toList();
    }

    private static Map<String, byte[]> wrongFiles() {
        List<String> contents =
                new ArrayList<>(
                        List.of(
                                "",
                                "# nothing but a comment\n",
                                "url =\n",
                                "url = front door\n",
                                "url = gopher://127.0.0.1/x\n",
                                "url = rtsp://\n",
                                "url = rtsp://user:hunter2@/cam\n",
                                "url = $[secret:none]\n",
                                "fallback.urls = rtsp://127.0.0.1:9/b\n",
                                URL + "fallback.urls = nonsense\n",
                                URL + "enabled = perhaps\n",
                                URL + "detect.fps = 0\n",
                                URL + "detect.fps = 31\n",
                                URL + "detect.fps = -5\n",
                                URL + "detect.fps = five\n",
                                URL + "detect.fps = 5.5.5\n",
                                URL + "detect.width = 0\n",
                                URL + "detect.width = 641\n",
                                URL + "detect.width = 99999999999\n",
                                URL + "min.score = 1.5\n",
                                URL + "min.score = -0.1\n",
                                URL + "min.score = NaN\n",
                                URL + "priority = 0\n",
                                URL + "priority = 11\n",
                                URL + "objects =\n",
                                URL + "objects = person,,dog\n",
                                URL + "line.door = 0.5,1\n",
                                URL + "line.door = 0.5,1 0.5,1\n",
                                URL + "line.door = 0.5,1 0.5,1.2\n",
                                URL + "line.door = 0.5;1 0.5;0\n",
                                URL + "line.door = a,b c,d\n",
                                URL + "line.door = 0.5,1 0.5,0 0.2,0.2\n",
                                URL + "line.bad name = 0.5,1 0.5,0\n",
                                URL + "line. = 0.5,1 0.5,0\n",
                                URL + "zone.yard = 0,0 1,0\n",
                                URL + "zone.yard = 0,0 1,0 2,2\n",
                                URL + "zone.yard = 0,0 1,1 1,0 0,1\n",
                                URL + "zone.yard.loitering.s = 10\n",
                                URL + "zone.yard = 0,0 1,0 1,1\nzone.yard.loitering.s = soon\n",
                                URL + "zone.yard = 0,0 1,0 1,1\nzone.yard.max.occupancy = -1\n",
                                URL + "mask = 0,0\n",
                                URL + "mask = 0,0 1,1 x\n",
                                URL + "reconnect.initial = 1\n",
                                URL + "reconnect.initial = 0s\n",
                                URL + "reconnect.max = 5 parsecs\n",
                                URL + "reconnect.initial = 60s\nreconnect.max = 1s\n",
                                URL + "reconnect.retries = many\n",
                                URL + "reconnect.probe = -5m\n",
                                URL + "picture.freeze = never\n",
                                URL + "picture.dark = 0s\n",
                                URL + "picture.blur = 60\n",
                                URL + "picture.moved = -60s\n",
                                URL + "pace = gallop\n",
                                URL + "transport = pigeon\n",
                                URL + "loop = 2\n",
                                URL + "detect.fsp = 5\n",
                                URL + "password = hunter2\n",
                                "url = file:relative/path.mp4\n",
                                "url = v4l2:\n"));
        Random random = new Random(1);
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < contents.size(); i++) {
            files.put(
                    String.format(Locale.ROOT, "io.visionops.camera-wrong%02d.cfg", i),
                    contents.get(i).getBytes(StandardCharsets.UTF_8));
        }
        byte[] garbage = new byte[2000];
        random.nextBytes(garbage);
        files.put("io.visionops.camera-garbage.cfg", garbage);
        files.put(
                "io.visionops.camera-escape.cfg",
                (URL + "objects = \\uZZZZ\n").getBytes(StandardCharsets.UTF_8));
        files.put("io.visionops.camera-bad name.cfg", URL.getBytes(StandardCharsets.UTF_8));
        files.put(
                "io.visionops.camera-" + "x".repeat(65) + ".cfg",
                URL.getBytes(StandardCharsets.UTF_8));
        return files;
    }
}
