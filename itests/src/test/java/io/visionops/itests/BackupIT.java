package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A backup is made under streaming cameras, and all of it comes back on an empty computer. */
@Isolated
class BackupIT {

    private static final List<String> CAMERAS = List.of("left", "right");
    private static final Duration CLIP = Duration.ofMinutes(5);

    @Test
    void aBackupUnderStreamingCamerasComesBackInAnEmptyDataFolderAndInItsOwn() throws Exception {
        Path clip = Clips.of(Scenes.procession(), CLIP);
        try (RtspServer server = RtspServer.serving(clip);
                Instance instance = Instance.fresh("backup")) {
            instance.start().expect(0);
            for (String camera : CAMERAS) {
                Cameras.addProcession(instance, camera, server.url());
            }
            Cameras.awaitCrossings(instance, CAMERAS);
            List<Long> decoders = instance.decoderPids();

            JsonNode made = instance.json("backup-now", "--wait");
            assertThat(made.get("stage").asText()).as(made.toString()).isEqualTo("done");
            JsonNode backup = instance.json("backup-list").get(0);
            assertThat(backup.get("proven").isNull()).as(backup.toString()).isFalse();
            Path file = Path.of(backup.get("file").asText());
            JsonNode plan = instance.json("backup-restore", backup.get("id").asText(), "--dry-run");
            Map<String, Long> rows = rows(plan);
            assertThat(rows).containsKeys("events", "counts", "records");
            assertThat(rows.get("events")).isPositive();
            assertThatNothingIsInClear(instance, file, server.url());
            assertThat(instance.decoderPids()).isEqualTo(decoders);

            assertThatItIsCopiedToAnotherComputer(instance, file);
            instance.shell("backup-now", "--increment", "--wait").expect(0);
            JsonNode increment = instance.json("backup-list").get(0);
            assertThat(increment.get("kind").asText()).isEqualTo("increment");
            assertThat(increment.get("proven").isNull()).as(increment.toString()).isFalse();

            Path key = Instance.TARGET.resolve("recovery.key");
            String recovery = instance.json("backup-key").get("recoveryKey").asText();
            Files.writeString(key, recovery + "\n");
            String rotated = instance.json("backup-key", "--rotate").get("recoveryKey").asText();
            assertThat(rotated).isNotEqualTo(recovery);

            assertThatItComesBackIntoItsOwn(instance, increment.get("id").asText());
            assertThat(instance.decoderPids()).isEqualTo(decoders);
            instance.stop().expect(0);
            assertThat(instance.log()).doesNotContain(" ERROR ", recovery, rotated);
            for (String camera : CAMERAS) {
                ProcessionRecord.Tally tally = ProcessionRecord.of(instance, camera).tally();
                assertThat(tally.lost()).as("%s: lost in %s", camera, tally).isZero();
                assertThat(tally.doubled()).as("%s: doubled in %s", camera, tally).isZero();
            }
            assertThatItComesBackIntoAnEmptyFolder(file, key, rows);
        }
    }

    private static void assertThatItIsCopiedToAnotherComputer(Instance instance, Path backup)
            throws Exception {
        String password = "copies-4711-canary";
        Path there = Instance.TARGET.resolve("offsite");
        try (SftpServer server = new SftpServer(there, "shop", password)) {
            instance.shellReading(
                            Files.writeString(Instance.TARGET.resolve("nas-password"), password),
                            "secret-set",
                            "nas")
                    .expect(0);
            Files.writeString(
                    instance.etc().resolve("io.visionops.backup.offsite.cfg"),
                    "url = sftp://shop@127.0.0.1:"
                            + server.port()
                            + "/seven\nhost.key = "
                            + server.hostKey()
                            + "\npassword.secret = nas\n");
            Path copy = there.resolve("seven").resolve(backup.getFileName());
            Await.until(60, () -> Files.exists(copy));
            assertThat(copy).hasSameBinaryContentAs(backup);
            assertThat(instance.json("records", "--kind", "backup").toString())
                    .contains("was copied to shop@127.0.0.1");
            assertThat(instance.log()).doesNotContain(password);
        }
    }

    /** What was counted since the backup is still there, and counting goes on. */
    private static void assertThatItComesBackIntoItsOwn(Instance instance, String id)
            throws Exception {
        Map<String, Long> before = new TreeMap<>();
        for (String camera : CAMERAS) {
            before.put(camera, sum(instance.counts(camera, "door")));
        }
        instance.shell("backup-restore", id).expect(0);
        awaitDone(instance);
        for (String camera : CAMERAS) {
            Await.until(30, () -> sum(instance.counts(camera, "door")) > before.get(camera) + 1);
        }
        assertThat(instance.data().resolve("visionops/quarantine")).isNotEmptyDirectory();
    }

    private static void assertThatItComesBackIntoAnEmptyFolder(
            Path file, Path key, Map<String, Long> rows) throws Exception {
        try (Instance empty = Instance.fresh("backup-empty")) {
            empty.start().expect(0);
            assertThat(empty.json("camera-list")).isEmpty();
            String outside = file.toString();

            Instance.Result without = empty.shell("backup-restore", outside);
            assertThat(without.status()).isNotZero();
            assertThat(without.said()).contains("--key-file");

            empty.shell("backup-restore", outside, "--key-file", key.toString()).expect(0);
            awaitDone(empty);

            Await.until(30, () -> empty.json("camera-list").size() == CAMERAS.size());
            JsonNode again = empty.json("backup-now", "--wait");
            assertThat(again.get("stage").asText()).as(again.toString()).isEqualTo("done");
            String id = empty.json("backup-list").get(0).get("id").asText();
            Map<String, Long> restored = rows(empty.json("backup-restore", id, "--dry-run"));
            for (String table : List.of("events", "counts", "records", "tracks", "camera_states")) {
                assertThat(restored.get(table)).as(table).isGreaterThanOrEqualTo(rows.get(table));
            }
            for (String camera : CAMERAS) {
                assertThat(sum(empty.counts(camera, "door"))).isGreaterThanOrEqualTo(4);
            }
        }
    }

    private static void assertThatNothingIsInClear(Instance instance, Path file, String url)
            throws Exception {
        String all = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(all).startsWith("VISIONBK").doesNotContain("SQLite format", url, "door");
        assertThat(instance.data().resolve("visionops/backup-scratch")).doesNotExist();
        Path key = instance.data().resolve("keys/backup.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("r--------");
        assertThat(all).doesNotContain(Files.readString(key).strip());
    }

    private static void awaitDone(Instance instance) {
        Await.until(
                60,
                () -> {
                    JsonNode status = instance.json("backup-status");
                    assertThat(status.get("stage").asText())
                            .as(status.toString())
                            .isNotEqualTo("failed");
                    return status.get("stage").asText().equals("done");
                });
    }

    private static Map<String, Long> rows(JsonNode plan) {
        Map<String, Long> rows = new TreeMap<>();
        plan.get("rows")
                .fields()
                .forEachRemaining(one -> rows.put(one.getKey(), one.getValue().asLong()));
        return rows;
    }

    private static long sum(long[] inOut) {
        return inOut[0] + inOut[1];
    }
}
