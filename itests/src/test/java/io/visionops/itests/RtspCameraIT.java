package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.Login;
import io.visionops.testkit.rtsp.TestVideos;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RtspCameraIT {

    private static final String LOGIN = "viewer:s3cret-Pw";
    private static final String[] LINE = {
        "--set", "line.door=0.5,1 0.5,0.2", "--set", "detector=motion"
    };

    @Test
    void aCameraIsAddedCountsAndIsRemoved() throws Exception {
        try (Instance instance = Instance.fresh("rtsp");
                RtspServer server = RtspServer.serving(Clips.of(Scenes.demo()))) {
            instance.start().expect(0);

            instance.shell("camera-add", "gate", server.url(), LINE[0], LINE[1], LINE[2], LINE[3])
                    .expect(0);

            Await.until(20, () -> instance.stateOf("gate").equals("STREAMING"));
            Await.until(
                    40,
                    () ->
                            instance.counts("gate", "door")[0] >= 1
                                    && instance.counts("gate", "door")[1] >= 1);
            assertThat(environment(instance.jvm())).contains("MALLOC_ARENA_MAX=2");
            assertThat(environment(instance.decoder("gate"))).doesNotContain("MALLOC");
            JsonNode events =
                    instance.json("events", "--camera", "gate", "--label", "moving").get("events");
            JsonNode event = events.get(0);
            assertThat(event.get("type").asText()).isEqualTo("crossing");
            assertThat(event.get("line").asText()).isEqualTo("door");
            assertThat(event.get("box")).hasSize(4);
            assertThat(event.get("time").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(event.get("hasSnapshot").asBoolean()).isTrue();
            assertThat(instance.json("search", "door").get("events")).isNotEmpty();
            assertThat(instance.json("checkpoint-info")).isNotNull();
            Path picture = instance.data().resolve("gate.jpg");
            instance.shell("camera-snapshot", "gate", picture.toString()).expect(0);
            assertThat(Files.size(picture)).isGreaterThan(5_000);
            assertThat(javax.imageio.ImageIO.read(picture.toFile()).getWidth()).isEqualTo(640);

            Instance.assertThatEveryFrameIsAccounted(instance.frames("gate"));

            instance.shell("camera-remove", "gate").expect(0);
            assertThat(instance.json("camera-list")).isEmpty();
            assertThat(instance.decoders()).isEmpty();

            instance.stop().expect(0);
            assertThat(instance.processes()).isEmpty();
            assertThatTheDatabaseHolds(instance, events.size());
        }
    }

    private static String environment(ProcessHandle process) throws IOException {
        return Files.readString(
                Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aPasswordIsSeenNowhere() throws Exception {
        try (Instance instance = Instance.fresh("secret");
                RtspServer server = RtspServer.start(Clips.of(Scenes.demo()), LOGIN)) {
            instance.start().expect(0);

            instance.shell("camera-add", "vault", server.url(LOGIN)).expect(0);
            instance.shell("camera-add", "wrong", server.url("viewer:0therS3cret")).expect(0);

            Await.until(20, () -> instance.stateOf("vault").equals("STREAMING"));
            Await.until(
                    20, () -> instance.camera("wrong").path("state").asText().equals("OFFLINE"));
            JsonNode wrong = instance.camera("wrong");
            assertThat(wrong.get("cause").asText()).contains("user or password");
            JsonNode tested = instance.json("camera-test", "vault").get("addresses").get(0);
            assertThat(tested.get("stages").findValuesAsText("name"))
                    .containsExactly(
                            "address", "name", "tcp", "rtsp", "login", "stream", "codec", "frame",
                            "rate");
            assertThat(tested.get("passed").asBoolean()).as("%s", tested).isTrue();
            String refused = instance.shell("camera-test", "wrong").expect(1).toString();
            assertThat(refused).contains("rtsp://***@").contains("login failed").contains("FAILED");
            String everything =
                    refused
                            + instance.log()
                            + instance.json("camera-list")
                            + instance.json("events")
                            + instance.call("status").out()
                            + instance.shell("camera-test", "vault").out()
                            + instance.processes().stream().map(Instance::commandLine).toList();
            assertThat(everything).doesNotContain("s3cret").doesNotContain("0therS3cret");
            assertThat(instance.camera("vault").get("url").asText())
                    .isEqualTo("rtsp://***@127.0.0.1:" + server.port() + "/cam");
        }
    }

    @Test
    void whoTakesOverAnAddressLearnsNoPassword(@TempDir Path folder) throws Exception {
        DecoderProgram ffmpeg = Ffmpeg.program();
        TestVideos videos = TestVideos.make(folder, ffmpeg.path(), ffmpeg.environment());
        try (Instance instance = Instance.fresh("taken-over")) {
            instance.start().expect(0);
            HostileCamera honest = camera(videos, 0, true);
            instance.shell("camera-add", "vault", honest.url(LOGIN, "front")).expect(0);
            Await.until(20, () -> instance.stateOf("vault").equals("STREAMING"));
            honest.close();

            try (HostileCamera thief = camera(videos, honest.port(), false)) {
                Await.until(
                        20,
                        () -> instance.camera("vault").path("state").asText().equals("OFFLINE"));
                assertThat(instance.camera("vault").get("cause").asText())
                        .contains("weaker login")
                        .contains("asks for the password in clear now");
                String tested = instance.shell("camera-test", "vault").expect(1).toString();
                assertThat(tested).contains("asks for the password in clear now");
                JsonNode trust = instance.json("camera-trust", "vault").get("addresses").get(0);
                assertThat(trust.at("/known/login").asText()).isEqualTo("digest-md5");
                assertThat(trust.at("/refused/login").asText()).isEqualTo("basic");
                assertThat(thief.accepted()).isPositive();
                assertThat(thief.given()).isEmpty();

                instance.shell("camera-trust", "--accept", "vault").expect(0);

                Await.until(20, () -> instance.stateOf("vault").equals("STREAMING"));
                assertThat(thief.given()).isNotEmpty();
            }
        }
    }

    private static HostileCamera camera(TestVideos videos, int port, boolean digest)
            throws IOException {
        String[] login = LOGIN.split(":");
        return HostileCamera.start(
                videos, port, Optional.of(new Login(login[0], login[1], digest)));
    }

    @Test
    void aDeadServerOrDecoderIsReplacedAndOtherCamerasGoOn() throws Exception {
        Path clip = Clips.of(Scenes.demo());
        int port = RtspServer.freePort();
        try (Instance instance = Instance.fresh("reconnect");
                RtspServer steady = RtspServer.serving(clip)) {
            instance.start().expect(0);
            try (RtspServer shaky = RtspServer.start(port, clip, "")) {
                instance.shell("camera-add", "steady", steady.url()).expect(0);
                instance.shell("camera-add", "shaky", shaky.url()).expect(0);
                Await.until(
                        20,
                        () ->
                                instance.stateOf("shaky").equals("STREAMING")
                                        && instance.stateOf("steady").equals("STREAMING"));
                List<Long> before = instance.decoderPids();

                instance.decoder("shaky").destroyForcibly();

                Await.until(
                        20,
                        () ->
                                instance.decoderPids().size() == 2
                                        && !instance.decoderPids().equals(before));
                Await.until(20, () -> instance.stateOf("shaky").equals("STREAMING"));
            }
            Await.until(20, () -> !instance.stateOf("shaky").equals("STREAMING"));
            assertThat(instance.stateOf("steady")).isEqualTo("STREAMING");

            try (RtspServer again = RtspServer.start(port, clip, "")) {
                Await.until(30, () -> instance.stateOf("shaky").equals("STREAMING"));
            }
            assertThat(instance.camera("steady").get("reconnects").asLong()).isZero();
        }
    }

    private static void assertThatTheDatabaseHolds(Instance instance, int atLeast)
            throws Exception {
        Path file = instance.data().resolve("visionops/visionops.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("select count(*) from events where type = 'crossing'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isGreaterThanOrEqualTo(atLeast);
            }
            try (ResultSet rows = statement.executeQuery("select sum(count) from counts")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isGreaterThanOrEqualTo(atLeast);
            }
            try (ResultSet rows = statement.executeQuery("pragma integrity_check")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("ok");
            }
        }
    }
}
