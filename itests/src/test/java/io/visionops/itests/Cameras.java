package io.visionops.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cameras on the procession, counted at its door by the motion detector at ten frames a second. */
final class Cameras {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Cameras() {}

    /**
     * @param more of the command's arguments
     */
    static void addProcession(Instance instance, String camera, String url, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("camera-add", camera, url));
        for (String setting :
                List.of(
                        "detector=motion",
                        "objects=moving",
                        "detect.fps=10",
                        "line.door=0.5,1 0.5,0.2")) {
            command.addAll(List.of("--set", setting));
        }
        command.addAll(List.of(more));
        instance.shell(command.toArray(String[]::new)).expect(0);
    }

    /** The procession from a file that begins again at its end, until all cameras count it. */
    static void addLoopingProcessions(Instance instance, List<String> cameras)
            throws IOException, InterruptedException {
        String file = "file:" + Clips.of(Scenes.procession());
        for (String camera : cameras) {
            addProcession(instance, camera, file, "--set", "loop=true");
        }
        awaitCrossings(instance, cameras);
    }

    /** Waits until every camera has counted in both directions: the detector knows the place. */
    static void awaitCrossings(Instance instance, List<String> cameras) {
        for (String camera : cameras) {
            Await.until(
                    40,
                    () -> {
                        long[] counts = instance.counts(camera, "door");
                        return counts[0] >= 2 && counts[1] >= 2;
                    });
        }
    }

    /** Frames that were looked at, by camera; empty while nobody answers. */
    static Map<String, Long> analysed(Instance instance) throws IOException, InterruptedException {
        Map<String, Long> frames = new TreeMap<>();
        Instance.Result answer = instance.shell("frames", "--json");
        if (answer.status() == 0) {
            for (JsonNode row : JSON.readTree(answer.out())) {
                frames.put(
                        row.get("camera").asText(),
                        row.get("analysed").asLong() + row.get("gated").asLong());
            }
        }
        return frames;
    }

    /** Whether frames of each camera were looked at since. */
    static boolean areAnalysedSince(Map<String, Long> from, Instance instance, List<String> cameras)
            throws IOException, InterruptedException {
        Map<String, Long> now = analysed(instance);
        return cameras.stream()
                .allMatch(camera -> now.getOrDefault(camera, 0L) > from.getOrDefault(camera, 0L));
    }

    /** Crossings of the door of all cameras together. */
    static long counted(Instance instance, List<String> cameras)
            throws IOException, InterruptedException {
        long sum = 0;
        for (String camera : cameras) {
            sum += Arrays.stream(instance.counts(camera, "door")).sum();
        }
        return sum;
    }
}
