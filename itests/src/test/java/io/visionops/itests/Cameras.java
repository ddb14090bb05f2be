package io.visionops.itests;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Cameras on the procession, counted at its door by the motion detector at ten frames a second. */
final class Cameras {

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
}
