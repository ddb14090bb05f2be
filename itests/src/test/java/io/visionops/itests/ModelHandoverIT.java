package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Real models in real sessions. A film of pedestrians is read frame by frame, so it is known who
 * crosses in it; then two cameras see it as it goes, while the part that looks at it is swapped and
 * its model changed in the middle, again and again: every frame is looked at, and the same cross.
 */
@Isolated
class ModelHandoverIT {

    private static final int SECONDS = 50;
    private static final List<String> LIVE = List.of("left", "right");

    /** Frames wait two seconds, of which the model needs its part to be looked with again. */
    private static final Duration IN_TIME = Duration.ofSeconds(1);

    @Test
    void aFilmIsCountedAlikeWhileTheDetectorIsSwapped() throws Exception {
        Path model = Instance.SHARED.resolve("models/yolox_nano.onnx");
        Assumptions.assumeTrue(Files.exists(model), "test data models/yolox_nano.onnx");
        Assumptions.assumeTrue(Files.exists(Footage.PEDESTRIANS), "Debian package opencv-doc");
        Path film = film();
        Path twin = Instance.TARGET.resolve("yolox_twin.onnx");
        Files.copy(model, twin, StandardCopyOption.REPLACE_EXISTING);
        try (Instance instance = Instance.fresh("model-handover")) {
            instance.start().expect(0);
            instance.shell("model-install", model.toString()).expect(0);
            instance.shell("model-install", twin.toString()).expect(0);
            play(instance, "alone", film, "asap");
            assertThat(sum(end(instance, "alone").get("dropped"))).isZero();

            Swap.of(instance, "inference", Swap.Way.RESTART, 1);
            for (String camera : LIVE) {
                play(instance, camera, film, "native");
            }
            List<Swap> swaps = new ArrayList<>();
            swaps.add(swap(instance, Swap.Way.UPDATE, 2));
            swaps.add(swap(instance, Swap.Way.RESTART, 3));
            changeModel(instance);
            swaps.add(swap(instance, Swap.Way.NEW_VERSION, 4));
            for (String camera : LIVE) {
                assertThat(instance.stateOf(camera)).as("swapped in mid-film").isNotEqualTo("IDLE");
            }
            boolean inTime =
                    swaps.stream()
                            .map(swap -> Duration.between(swap.begun(), swap.ended()))
                            .allMatch(time -> time.compareTo(IN_TIME) < 0);
            for (String camera : LIVE) {
                JsonNode dropped = end(instance, camera).get("dropped");
                long overflow = dropped.path("overflow").asLong();
                assertThat(sum(dropped) - overflow).as("%s", dropped).isZero();
                Assumptions.assumeTrue(
                        inTime || overflow == 0,
                        "this computer swaps more slowly than frames wait: " + swaps);
                assertThat(overflow).as("%s", dropped).isZero();
            }

            instance.stop().expect(0);
            Seen undisturbed = Seen.of(instance, "alone");
            assertThat(undisturbed.crossings()).hasSizeGreaterThanOrEqualTo(10);
            for (String camera : LIVE) {
                assertThat(Seen.of(instance, camera)).as(camera).isEqualTo(undisturbed);
            }
            assertThat(instance.log()).doesNotContain(" ERROR ");
        }
    }

    private static Path film() throws Exception {
        Path file =
                Files.createDirectories(Instance.TARGET.resolve("clips"))
                        .resolve("pedestrians-" + SECONDS + ".avi");
        if (!Files.exists(file)) {
            Path part = file.resolveSibling("pedestrians.part.avi");
            Ffmpeg.run(
                    List.of(
                            "-i",
                            Footage.PEDESTRIANS.toString(),
                            "-t",
                            String.valueOf(SECONDS),
                            "-c",
                            "copy",
                            part.toString()));
            Files.move(part, file);
        }
        return file;
    }

    private static void play(Instance instance, String camera, Path film, String pace)
            throws Exception {
        instance.shell(
                        "camera-add",
                        camera,
                        "file:" + film,
                        "--set",
                        "pace=" + pace,
                        "--set",
                        "detector=yolox_nano",
                        "--set",
                        "objects=person",
                        "--set",
                        "detect.fps=10",
                        "--set",
                        "line.middle=0.5,1 0.5,0",
                        "--set",
                        "line.right=0.7,1 0.7,0")
                .expect(0);
        Await.until(30, () -> analysed(instance, camera) > 0);
    }

    /** Whatever is swapped has looked at some frames before. */
    private static Swap swap(Instance instance, Swap.Way way, int number) throws Exception {
        Swap swap = Swap.of(instance, "inference", way, number);
        awaitProgress(instance);
        return swap;
    }

    private static void awaitProgress(Instance instance) throws Exception {
        for (String camera : LIVE) {
            long seen = analysed(instance, camera);
            Await.until(30, () -> analysed(instance, camera) > seen);
        }
    }

    /** The same bytes under another name: it finds the same, in sessions of its own. */
    private static void changeModel(Instance instance) throws Exception {
        for (String camera : LIVE) {
            Path file = instance.etc().resolve("io.visionops.camera-" + camera + ".cfg");
            String before = Files.readString(file);
            String after = before.replaceAll("yolox_nano", "yolox_twin");
            assertThat(after).isNotEqualTo(before);
            Files.writeString(file, after, StandardCharsets.UTF_8);
        }
        for (String camera : LIVE) {
            String changed = "camera " + camera + ": detector yolox_twin";
            Await.until(20, () -> instance.log().contains(changed));
        }
        awaitProgress(instance);
    }

    private static long analysed(Instance instance, String camera) throws Exception {
        return instance.frames(camera).path("analysed").asLong();
    }

    /** What became of the frames of a film. */
    private static JsonNode end(Instance instance, String camera) throws Exception {
        Await.until(60, () -> instance.stateOf(camera).equals("IDLE"));
        // Frames that wait are not received yet.
        Await.until(20, () -> instance.frames(camera).get("waiting").asLong() == 0);
        JsonNode frames = instance.frames(camera);
        assertThat(frames.get("received").asLong()).as("%s", frames).isEqualTo(10L * SECONDS);
        return frames;
    }

    private static long sum(JsonNode reasons) {
        long sum = 0;
        for (JsonNode reason : reasons) {
            sum += reason.asLong();
        }
        return sum;
    }

    /**
     * What the database holds of a film.
     *
     * @param crossings line, direction and label, sorted: a track may be a frame older or younger
     */
    private record Seen(List<String> crossings) {

        private static final String CROSSINGS =
                "SELECT line || ' ' || direction || ' ' || label FROM events"
                        + " WHERE camera = ? AND type = 'crossing' ORDER BY 1";

        static Seen of(Instance instance, String camera) throws Exception {
            Path file = instance.data().resolve("visionops/visionops.db");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                List<String> crossings = new ArrayList<>();
                try (PreparedStatement select = connection.prepareStatement(CROSSINGS)) {
                    select.setString(1, camera);
                    ResultSet rows = select.executeQuery();
                    while (rows.next()) {
                        crossings.add(rows.getString(1));
                    }
                }
                return new Seen(crossings);
            }
        }
    }
}
