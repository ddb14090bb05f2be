package io.visionops.itests;

import java.io.IOException;
import java.util.List;

/** Cameras on the procession, counted at its door by the motion detector at ten frames a second. */
final class Cameras {

    private Cameras() {}

    static void addProcession(Instance instance, String camera, String url)
            throws IOException, InterruptedException {
        instance.shell(
                        "camera-add",
                        camera,
                        url,
                        "--set",
                        "detector=motion",
                        "--set",
                        "objects=moving",
                        "--set",
                        "detect.fps=10",
                        "--set",
                        "line.door=0.5,1 0.5,0.2")
                .expect(0);
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
