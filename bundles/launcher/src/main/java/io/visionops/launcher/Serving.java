package io.visionops.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Wait;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Waits until the cameras are served. */
final class Serving {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CALL = Duration.ofSeconds(15);

    /** A camera that was just started is given so long to show whether it streams. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /**
     * After so long it is known of a camera that streams whether it is analysed too: a detector
     * that is missing, or does not find what is to be counted, is told when that has lasted for
     * five seconds.
     */
    private static final Duration JUDGED = Duration.ofSeconds(8);

    private static final Set<String> UNDECIDED = Set.of("IDLE", "CONNECTING");

    private final DataFolder data;
    private final StartLog log;
    private final Duration limit;

    /** When cameras were first served; 0 before. */
    private long served;

    Serving(DataFolder data, StartLog log, Map<String, String> environment) {
        this.data = data;
        this.log = log;
        String seconds = environment.getOrDefault("VISIONOPS_START_SECONDS", "120");
        if (!seconds.matches("[0-9]{1,5}")) {
            throw new Failure(
                    Failure.USAGE,
                    "VISIONOPS_START_SECONDS is a number of seconds, not " + seconds);
        }
        limit = Duration.ofSeconds(Integer.parseInt(seconds));
    }

    /**
     * Waits for the cameras of a Java machine that was just started.
     *
     * @return how many there are, for a person
     * @throws Failure with the reason when they are not served in time
     */
    String await() {
        Running running = new Running(data);
        long start = System.nanoTime();
        Optional<JsonNode> cameras = Optional.empty();
        while (System.nanoTime() - start < limit.toNanos()) {
            if (running.java().isEmpty()) {
                throw new Failure("ended while starting: " + log.reason());
            }
            // Parts that are not started yet have no cameras, and an answer.
            cameras = Files.exists(data.served()) ? cameras(running) : Optional.empty();
            if (cameras.isPresent()) {
                served = served == 0 ? System.nanoTime() : served;
                boolean patient = System.nanoTime() - served < GRACE.toNanos();
                if (!patient || !undecided(cameras.get())) {
                    break;
                }
            }
            Wait.pause(200);
        }
        return cameras.map(Serving::summary)
                .orElseThrow(
                        () ->
                                new Failure(
                                        "does not serve cameras after "
                                                + limit.toSeconds()
                                                + " s: "
                                                + log.reason()));
    }

    /** Waits until what is found about cameras that stream is all that there is to find. */
    void settle() {
        Running running = new Running(data);
        while (System.nanoTime() - served < JUDGED.toNanos()
                && cameras(running).filter(Serving::anyStreams).isPresent()) {
            Wait.pause(500);
        }
    }

    private static Optional<JsonNode> cameras(Running running) {
        try {
            Running.Answer answer = running.ask("visionops:camera-list --json", CALL);
            JsonNode list = answer.status() == 0 ? JSON.readTree(answer.text()) : null;
            return Optional.ofNullable(list).filter(JsonNode::isArray);
        } catch (Failure | JsonProcessingException notYet) {
            return Optional.empty();
        }
    }

    private static boolean undecided(JsonNode cameras) {
        for (JsonNode camera : cameras) {
            if (UNDECIDED.contains(camera.path("state").asText())) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyStreams(JsonNode cameras) {
        return streaming(cameras) > 0;
    }

    private static int streaming(JsonNode cameras) {
        int streaming = 0;
        for (JsonNode camera : cameras) {
            streaming += camera.path("state").asText().equals("STREAMING") ? 1 : 0;
        }
        return streaming;
    }

    private static String summary(JsonNode cameras) {
        return cameras.size() + " configured, " + streaming(cameras) + " streaming";
    }
}
