package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The database is checked, maintained and repaired under two streaming cameras. */
@Isolated
class MaintenanceIT {

    private static final List<String> CAMERAS = List.of("left", "right");
    private static final Duration CLIP = Duration.ofMinutes(5);

    /** A commit waits for a step of the maintenance, and for a file that is written anew. */
    private static final long LONGEST_HOLD_MILLIS = 5_000;

    @Test
    void theDatabaseIsLookedAfterWhileCamerasStreamAndNothingIsLost() throws Exception {
        Path clip = Clips.of(Scenes.procession(), CLIP);
        try (RtspServer server = RtspServer.serving(clip);
                Instance instance = Instance.fresh("maintenance")) {
            instance.start().expect(0);
            for (String camera : CAMERAS) {
                Cameras.addProcession(instance, camera, server.url());
            }
            Cameras.awaitCrossings(instance, CAMERAS);
            List<Long> decoders = instance.decoderPids();

            JsonNode sound = instance.json("integrity-check", "--full");
            assertThat(sound.get("good").asBoolean()).as(sound.toString()).isTrue();
            assertThat(sound.get("rows").asLong()).isPositive();
            for (String full : List.of("", "--full")) {
                JsonNode done =
                        full.isEmpty()
                                ? instance.json("maintenance")
                                : instance.json("maintenance", full);
                assertThat(done.get("longestHoldMillis").asLong())
                        .as(done.toString())
                        .isLessThan(LONGEST_HOLD_MILLIS);
            }
            JsonNode stats = instance.json("db-stats");
            assertThat(stats.get("rowsPerHour").get("tracks").asDouble()).isPositive();
            assertThat(stats.get("lastMaintenance").isNull()).as(stats.toString()).isFalse();
            assertThat(stats.get("lastFullCheck").isNull()).as(stats.toString()).isFalse();
            assertThat(stats.get("shrinks").asBoolean()).isTrue();
            assertThat(stats.get("slowest")).isNotEmpty();
            assertThat(stats.get("damage")).isEmpty();
            Await.until(60, () -> instance.json("db-stats").get("reserve").asBoolean());
            awaitMore(instance);
            assertThat(instance.decoderPids()).isEqualTo(decoders);
            assertThat(instance.log()).doesNotContain(" ERROR ");

            instance.shell("backup-now", "--wait").expect(0);
            String first = damageACameraState(instance);
            Instance.Result found = instance.shell("integrity-check");
            assertThat(found.status()).isNotZero();
            assertThat(found.out() + found.err()).contains("table camera_states, row seq=");
            Await.until(60, () -> isRepaired(instance));
            assertThat(states(instance)).doesNotContain(first);
            Await.until(240, () -> states(instance).contains(first));
            assertThat(instance.json("records", "--kind", "recovery").toString())
                    .contains("backup.restore-database")
                    .contains("was restored");
            awaitMore(instance);
            assertThat(instance.decoderPids()).isEqualTo(decoders);
            JsonNode again = instance.json("integrity-check", "--full");
            assertThat(again.get("good").asBoolean()).as(again.toString()).isTrue();

            instance.stop().expect(0);
            for (String camera : CAMERAS) {
                ProcessionRecord.Tally tally = ProcessionRecord.of(instance, camera).tally();
                assertThat(tally.lost()).as("%s: lost in %s", camera, tally).isZero();
                assertThat(tally.doubled()).as("%s: doubled in %s", camera, tally).isZero();
            }
        }
    }

    /** As a broken disk would: what is stored is not what was written. */
    private static String damageACameraState(Instance instance) throws Exception {
        String first = states(instance).get(0);
        Path file = instance.data().resolve("visionops/visionops.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            // The writer alone brings the log into the file.
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            assertThat(
                            statement.executeUpdate(
                                    "UPDATE camera_states SET state = 'stramingg' WHERE seq ="
                                            + " (SELECT min(seq) FROM camera_states)"))
                    .isOne();
        }
        return first;
    }

    /** As they are stored, oldest first. */
    private static List<String> states(Instance instance) throws Exception {
        Path file = instance.data().resolve("visionops/visionops.db");
        List<String> states = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            ResultSet rows =
                    statement.executeQuery(
                            "SELECT seq || ' ' || camera || ' ' || state FROM camera_states"
                                    + " ORDER BY seq");
            while (rows.next()) {
                states.add(rows.getString(1));
            }
        }
        return states;
    }

    private static boolean isRepaired(Instance instance) throws Exception {
        Instance.Result events = instance.shell("events", "--type", "database-repaired", "--json");
        return events.status() == 0 && events.out().contains("left out");
    }

    private static void awaitMore(Instance instance) throws Exception {
        Map<String, Long> before = Cameras.analysed(instance);
        Await.until(60, () -> Cameras.areAnalysedSince(before, instance, CAMERAS));
        long counted = Cameras.counted(instance, CAMERAS);
        Await.until(60, () -> Cameras.counted(instance, CAMERAS) > counted + 2);
    }
}
