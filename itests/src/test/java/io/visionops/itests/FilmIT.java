package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scene;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Films that are read as fast as they can be: when what they show happened, and how often. */
class FilmIT {

    private static final Scene SCENE = Scenes.oneWalker();
    private static final Duration LENGTH = Duration.ofMillis(100L * SCENE.frames());

    private static Instance instance;

    @BeforeAll
    static void start() throws Exception {
        instance = Instance.fresh("film");
        instance.start().expect(0);
    }

    @AfterAll
    static void stop() throws Exception {
        instance.close();
    }

    @Test
    void whatAFilmShowsHappenedAtTheDateThatIsSet() throws Exception {
        Instant from = Instant.parse("2026-01-05T08:00:00Z");
        Instant to = from.plus(LENGTH);

        read("dated", "file.start=" + from);

        assertThat(crossings("dated")).hasSize(1).allMatch(time -> isWithin(time, from, to));
        // Watched time is told a little later than events are.
        Await.until(20, () -> isWatched(counts("dated", from, to)));
        assertThat(counts("dated", from, to)).hasSize(2);
        assertThat(instance.counts("dated", "door")).containsExactly(1, 0);
        assertThat(instance.camera("dated").toString()).doesNotContain("2026-01-05");
    }

    @Test
    void withoutADateItEndedWhenItsFileWasMade() throws Exception {
        Instant made = Files.getLastModifiedTime(clip()).toInstant();
        Instant from = made.minus(LENGTH);

        read("made");

        assertThat(made).isBefore(Instant.now());
        assertThat(crossings("made")).hasSize(1).allMatch(time -> isWithin(time, from, made));
        Await.until(20, () -> isWatched(counts("made", from, made)));
    }

    @Test
    void aFilmIsCountedAgainWhenSomebodyAsksForItAndNotAtARestart() throws Exception {
        read("once");
        assertThat(instance.counts("once", "door")).containsExactly(1, 0);

        instance.stop().expect(0);
        instance.start().expect(0);
        Await.until(30, () -> instance.stateOf("once").equals("IDLE"));

        assertThat(instance.frames("once").path("received").asLong()).isZero();
        assertThat(instance.counts("once", "door")).containsExactly(1, 0);

        instance.shell("camera-reread", "once").expect(0);
        Await.until(60, () -> instance.counts("once", "door")[0] == 2);
        Await.until(20, () -> instance.stateOf("once").equals("IDLE"));

        assertThat(instance.frames("once").path("received").asLong()).isEqualTo(SCENE.frames());
        assertThat(instance.counts("once", "door")).containsExactly(2, 0);
        List<Instant> crossings = crossings("once");
        assertThat(crossings).hasSize(2);
        assertThat(crossings.get(0)).isEqualTo(crossings.get(1));
    }

    private static void read(String camera, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("camera-add", camera, "file:" + clip()));
        List<String> settings = new ArrayList<>(List.of("pace=asap", "detect.fps=10"));
        settings.addAll(List.of("detector=motion", "objects=moving", "line.door=0.5,1 0.5,0.2"));
        settings.addAll(List.of(more));
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        instance.shell(words.toArray(String[]::new)).expect(0);
        Await.until(60, () -> instance.stateOf(camera).equals("IDLE"));
        Await.until(20, () -> instance.frames(camera).path("received").asLong() == SCENE.frames());
        Await.until(5, () -> instance.counts(camera, "door")[0] > 0);
    }

    private static Path clip() throws Exception {
        return Clips.of(SCENE);
    }

    private static JsonNode counts(String camera, Instant from, Instant to) throws Exception {
        return instance.json(
                "counts",
                "--camera",
                camera,
                "--line",
                "door",
                "--interval",
                "all",
                "--from",
                from.toString(),
                "--to",
                to.toString());
    }

    private static boolean isWatched(JsonNode counts) {
        for (JsonNode direction : counts) {
            if (direction.path("coverage").asDouble() <= 0.95) {
                return false;
            }
        }
        return !counts.isEmpty();
    }

    private static List<Instant> crossings(String camera) throws Exception {
        List<Instant> times = new ArrayList<>();
        for (JsonNode event :
                instance.json("events", "--camera", camera, "--label", "moving").get("events")) {
            times.add(Instant.parse(event.get("time").asText()));
        }
        return times;
    }

    private static boolean isWithin(Instant time, Instant from, Instant to) {
        return !time.isBefore(from) && !time.isAfter(to);
    }
}
