package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A part that is away for longer than anything waits costs what it costs, and nothing else. */
class AbsentPartIT {

    @Test
    void whatIsMissedIsCountedAndEverythingGoesOnAfterwards() throws Exception {
        Path clip = Clips.of(Scenes.procession(), Duration.ofMinutes(5));
        int port = RtspServer.freePort();
        try (Instance instance = Instance.fresh("absent")) {
            instance.start().expect(0);
            Instant lost;
            try (RtspServer server = RtspServer.start(port, clip, "")) {
                Cameras.addProcession(instance, "gate", server.url());
                Cameras.awaitCrossings(instance, List.of("gate"));

                inferenceIsAwayAndFramesOverflow(instance);
                ingestIsAwayAndItsDecoderIsEnded(instance);
                instance.shell("bundle:stop", "io.visionops.store").expect(0);
                lost = Instant.now();
            }
            Await.until(20, () -> !instance.stateOf("gate").equals("STREAMING"));
            instance.shell("bundle:restart", "io.visionops.ingest").expect(0);
            Await.until(20, () -> instance.decoders().size() <= 1);

            try (RtspServer back = RtspServer.start(port, clip, "")) {
                Await.until(30, () -> instance.stateOf("gate").equals("STREAMING"));
                instance.shell("bundle:start", "io.visionops.store").expect(0);
                whatTheStoreMissedIsTold(instance, lost);
                instance.shell("bundle:refresh", "io.visionops.inference", "io.visionops.store")
                        .expect(0);
                long seen = analysed(instance);
                Await.until(20, () -> analysed(instance) > seen + 20);
            }
            assertThat(instance.log()).doesNotContain(" ERROR ");
        }
    }

    private static void inferenceIsAwayAndFramesOverflow(Instance instance) throws Exception {
        ProcessHandle decoder = instance.decoder("gate");

        instance.shell("bundle:stop", "io.visionops.inference").expect(0);
        TimeUnit.SECONDS.sleep(5);
        instance.shell("bundle:start", "io.visionops.inference").expect(0);

        long seen = analysed(instance);
        Await.until(20, () -> analysed(instance) > seen + 20);
        JsonNode frames = instance.frames("gate");
        assertThat(frames.get("dropped").get("overflow").asLong()).as("%s", frames).isPositive();
        Instance.assertThatEveryFrameIsAccounted(frames);
        assertThat(decoder.isAlive()).isTrue();
        assertThat(
                        instance.json(
                                        "counts",
                                        "--camera",
                                        "gate",
                                        "--line",
                                        "door",
                                        "--interval",
                                        "all")
                                .get(0)
                                .get("coverage")
                                .asDouble())
                .isBetween(0.05, 0.95);
    }

    private static void ingestIsAwayAndItsDecoderIsEnded(Instance instance) throws Exception {
        ProcessHandle decoder = instance.decoder("gate");

        instance.shell("bundle:stop", "io.visionops.ingest").expect(0);
        Await.until(20, () -> !decoder.isAlive());
        instance.shell("bundle:start", "io.visionops.ingest").expect(0);

        Await.until(20, () -> instance.stateOf("gate").equals("STREAMING"));
    }

    /** One ingest saw the loss, its successor the return, and no store heard of either. */
    private static void whatTheStoreMissedIsTold(Instance instance, Instant lost) throws Exception {
        Await.until(20, () -> states(instance, lost).stream().anyMatch(AbsentPartIT::isStreaming));
        List<String> states = states(instance, lost);
        assertThat(states.get(0)).as("%s", states).startsWith("BACKOFF: ");
        assertThat(states).filteredOn(AbsentPartIT::isStreaming).hasSize(1);
    }

    private static boolean isStreaming(String state) {
        return state.startsWith("STREAMING");
    }

    /** What the journal says of the camera, oldest first. */
    private static List<String> states(Instance instance, Instant from) throws Exception {
        List<String> states = new ArrayList<>();
        for (JsonNode event :
                instance.json(
                                "events",
                                "--camera",
                                "gate",
                                "--from",
                                from.toString(),
                                "--limit",
                                "1000")
                        .get("events")) {
            if (event.get("type").asText().equals("camera-state")) {
                states.add(0, event.get("detail").asText());
            }
        }
        return states;
    }

    private static long analysed(Instance instance) throws Exception {
        return instance.frames("gate").path("analysed").asLong();
    }
}
