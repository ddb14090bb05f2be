package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class IncidentIT {

    private static final List<String> CAMERAS = List.of("east", "north", "west");

    @Test
    void aDeadRecorderIsOneIncidentUntilItIsBackWhoeverIsSwappedMeanwhile() throws Exception {
        Path clip = Clips.of(Scenes.demo());
        int port = RtspServer.freePort();
        try (Instance instance = Instance.fresh("recorder")) {
            instance.start().expect(0);
            try (RtspServer recorder = RtspServer.start(port, clip, "")) {
                addAll(instance, recorder);
            }
            Await.until(30, () -> incidents(instance).size() == 1);
            assertThat(incidents(instance).get(0))
                    .startsWith("opened: 3 of 3 cameras behind 127.0.0.1 lost within ")
                    .endsWith(": look at that recorder or its switch (east, north, west)");
            JsonNode status = instance.json("status");
            assertThat(status.get("reasons"))
                    .anyMatch(reason -> reason.asText().contains("3 of 3 cameras behind 127.0.0.1"))
                    .noneMatch(reason -> reason.asText().contains("camera east"));

            instance.shell("bundle:restart", "io.visionops.ingest").expect(0);
            Await.until(30, () -> status(instance).contains("3 of 3 cameras behind 127.0.0.1"));

            try (RtspServer again = RtspServer.start(port, clip, "")) {
                Await.until(
                        60,
                        () ->
                                instance.stateOf("east").equals("STREAMING")
                                        && instance.stateOf("north").equals("STREAMING")
                                        && instance.stateOf("west").equals("STREAMING"));
                Await.until(20, () -> incidents(instance).size() == 2);
                assertThat(incidents(instance).get(0))
                        .startsWith("closed after ")
                        .contains("3 of 3 cameras behind 127.0.0.1")
                        .endsWith("(east, north, west)");
            }
        }
    }

    @Test
    void aStandstillOfThisComputerKillsNoDecoderAndIsOneIncident() throws Exception {
        try (Instance instance = Instance.fresh("standstill");
                RtspServer server = RtspServer.serving(Clips.of(Scenes.demo()))) {
            instance.start().expect(0);
            addAll(instance, server);
            List<Long> before = instance.decoderPids();
            String jvm = String.valueOf(instance.jvm().pid());

            Instance.run(5, List.of("kill", "-STOP", jvm)).expect(0);
            LockSupport.parkNanos(Duration.ofSeconds(8).toNanos());
            Instance.run(5, List.of("kill", "-CONT", jvm)).expect(0);

            // A computer that is too busy for this test may stand still for moments of its own.
            Await.until(60, () -> standstills(instance).size() == 2);
            assertThat(standstills(instance).get(1)).startsWith("opened: ");
            assertThat(standstills(instance).get(0)).startsWith("closed after ");
            assertThat(details(instance)).noneMatch(detail -> detail.contains("no frame for"));
            for (String camera : CAMERAS) {
                assertThat(instance.stateOf(camera)).isEqualTo("STREAMING");
            }
            assertThat(instance.decoderPids()).isEqualTo(before);
        }
    }

    private static String status(Instance instance) throws Exception {
        return instance.json("status").path("reasons").toString();
    }

    private static void addAll(Instance instance, RtspServer server) throws Exception {
        for (String camera : CAMERAS) {
            instance.shell("camera-add", camera, server.url()).expect(0);
        }
        for (String camera : CAMERAS) {
            Await.until(30, () -> instance.stateOf(camera).equals("STREAMING"));
        }
    }

    /** Those of the length that the test makes; newest first. */
    private static List<String> standstills(Instance instance) throws Exception {
        return incidents(instance).stream()
                .filter(told -> told.matches(".*stood still for ([6-9]|\\d\\d) s.*"))
                .toList();
    }

    /** Newest first. */
    private static List<String> incidents(Instance instance) throws Exception {
        List<String> details = new ArrayList<>();
        for (JsonNode event : instance.json("events", "--limit", "1000").get("events")) {
            if (event.get("type").asText().equals("incident")) {
                details.add(event.get("detail").asText());
            }
        }
        return details;
    }

    private static List<String> details(Instance instance) throws Exception {
        List<String> details = new ArrayList<>();
        for (JsonNode event : instance.json("events", "--limit", "1000").get("events")) {
            details.add(event.path("detail").asText(""));
        }
        return details;
    }
}
