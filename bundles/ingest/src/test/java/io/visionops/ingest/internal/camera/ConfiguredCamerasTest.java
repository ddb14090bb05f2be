package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.CameraFolder;
import io.visionops.ingest.internal.config.FolderWatch;
import io.visionops.ingest.internal.connectiontest.ConnectionTrial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ConfiguredCamerasTest {

    @TempDir static Path media;
    private static Path clip;

    @TempDir Path folder;
    @TempDir Path etc;
    private Rig rig;
    private FolderWatch watch;
    private Cameras cameras;

    @BeforeAll
    static void makeClip() throws Exception {
        clip = Media.clip(media, 320, 180, 10, 45);
    }

    @BeforeEach
    void start() {
        rig = new Rig(folder);
        watch();
        cameras = cameras();
    }

    private void watch() {
        watch =
                new FolderWatch(
                        etc, text -> rig.registry.changed(text), file -> rig.registry.gone(file));
        watch.start();
    }

    private Cameras cameras() {
        return new ConfiguredCameras(
                rig.registry,
                new CameraFolder(etc),
                watch,
                rig.lookup,
                new ConnectionTrial(rig.context.processes(), Rig.DECODER, rig.context.ticker()));
    }

    @AfterEach
    void stop() {
        watch.close();
        rig.close();
    }

    private Path file(String name) {
        return etc.resolve("io.visionops.camera-" + name + ".cfg");
    }

    private Map<String, String> looping(String... more) {
        Map<String, String> settings = new java.util.HashMap<>();
        settings.put("url", "file:" + clip);
        settings.put("loop", "true");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    @Test
    void aCameraWhoseFramesDoNotFitIsRefusedInOneLineAndTheOthersGoOn() throws Exception {
        cameras.add("front", looping(), Rig.ADMIN);
        rig.awaitState("front", CameraState.STREAMING);
        Map<String, String> large = looping("detect.width", "1920", "detect.fps", "30");
        cameras.add("hall", large, Rig.ADMIN);

        assertThatThrownBy(() -> cameras.add("yard", large, Rig.ADMIN))
                .isInstanceOf(CameraException.class)
                .hasMessageStartingWith(
                        "the frames of this camera need 202 MB, and 93 of 300 MB are left for"
                                + " them: lower detect.width or detect.fps")
                .hasMessageContaining("-XX:MaxDirectMemorySize=611m");

        assertThat(file("yard")).doesNotExist();
        assertThat(cameras.list()).hasSize(2);
        rig.awaitState("front", CameraState.STREAMING);
        cameras.remove("hall", Rig.ADMIN);
        cameras.add("yard", large, Rig.ADMIN);
    }

    @Test
    void aNewCameraIsRefusedWhereThereIsNoMemoryForItsDecoder() throws Exception {
        cameras.add("front", looping(), Rig.ADMIN);
        rig.available = 44_000_000;

        assertThatThrownBy(() -> cameras.add("yard", looping(), Rig.ADMIN))
                .isInstanceOf(CameraException.class)
                .hasMessageStartingWith("the decoder of this camera needs about 45 MB, and ")
                .hasMessageContaining("end other programs, disable other cameras, or add memory");

        // What has run goes on whatever else needs memory just now.
        cameras.enable("front", false, Rig.ADMIN);
        cameras.enable("front", true, Rig.ADMIN);
        rig.awaitState("front", CameraState.STREAMING);
    }

    @Test
    void anAddedCameraIsThereWhenTheCallReturns() throws Exception {
        cameras.add("front", looping("line.door", "0,0 1,1"), Rig.ADMIN);

        assertThat(cameras.list())
                .singleElement()
                .satisfies(one -> assertThat(one.settings().analysis().lines()).hasSize(1));
        assertThat(file("front")).content().startsWith("url = file:");
        rig.awaitState("front", CameraState.STREAMING);
    }

    @Test
    void nobodyWaitsForALookAtTheFolderWhoAddsEnablesOrRemovesACamera() throws Exception {
        // From now on nobody looks.
        watch.close();

        cameras.add("front", looping(), Rig.ADMIN);
        assertThat(cameras.list()).hasSize(1);
        cameras.enable("front", false, Rig.ADMIN);
        assertThat(rig.camera("front").status().state()).isEqualTo(CameraState.DISABLED);
        cameras.remove("front", Rig.ADMIN);
        assertThat(cameras.list()).isEmpty();
    }

    @Test
    void aWrongOrTakenCameraIsNotAdded() throws Exception {
        cameras.add("front", looping(), Rig.ADMIN);

        assertThatThrownBy(() -> cameras.add("front", looping(), Rig.ADMIN))
                .isInstanceOf(CameraException.class)
                .hasMessage("camera front exists: etc/io.visionops.camera-front.cfg");
        assertThatThrownBy(() -> cameras.add("back", looping("detect.fps", "0"), Rig.ADMIN))
                .hasMessage("detect.fps = 0: must be 1..30");
        assertThatThrownBy(() -> cameras.add("b/../c", looping(), Rig.ADMIN))
                .hasMessage("the camera's name 'b/../c': must be 1..64 of a-z A-Z 0-9 _ -");
        assertThat(file("back")).doesNotExist();
    }

    @Test
    void aSecretThatIsNotKnownIsRefusedAndLeavesNoFile() throws Exception {
        assertThatThrownBy(
                        () ->
                                cameras.add(
                                        "back",
                                        Map.of("url", "rtsp://u:$[secret:none]@h/"),
                                        Rig.ADMIN))
                .hasMessage("url: there is no secret none: set it with secret-set none");
        assertThat(file("back")).doesNotExist();

        cameras.add("back", Map.of("url", "rtsp://u:$[secret:known]@127.0.0.1:9/"), Rig.ADMIN);
        assertThat(cameras.list().get(0).settings().source().url()).contains("pa55word");
    }

    @Test
    void aRemovedCameraIsGoneWithItsDecoderWhenTheCallReturns() throws Exception {
        cameras.add("front", looping(), Rig.ADMIN);
        rig.awaitState("front", CameraState.STREAMING);

        cameras.remove("front", Rig.ADMIN);

        assertThat(cameras.list()).isEmpty();
        assertThat(rig.pids()).isEmpty();
        assertThat(file("front")).doesNotExist();
        assertThatThrownBy(() -> cameras.remove("front", Rig.ADMIN))
                .hasMessage("there is no camera front");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRemovedCameraIsForgottenThoughItWasDisabled(boolean enabled) throws Exception {
        cameras.add("front", looping(), Rig.ADMIN);
        cameras.enable("front", enabled, Rig.ADMIN);

        cameras.remove("front", Rig.ADMIN);

        Rig.soon().untilAsserted(() -> assertThat(rig.forgotten).containsExactly("front"));
    }

    @Test
    void aCameraIsDisabledAndEnabledAndItsFileKeepsItsComments() throws Exception {
        Files.writeString(file("front"), "# by the door\nurl = file:" + clip + "\nloop = true\n");
        Rig.soon().until(() -> !cameras.list().isEmpty());

        cameras.enable("front", false, Rig.ADMIN);
        assertThat(cameras.list().get(0).status().state()).isEqualTo(CameraState.DISABLED);
        assertThat(file("front")).content().contains("# by the door").contains("enabled = false");

        cameras.enable("front", true, Rig.ADMIN);
        rig.awaitState("front", CameraState.STREAMING);
        cameras.enable("front", true, Rig.ADMIN);
    }

    @Test
    void aCameraWhoseFileWentWrongSurvivesTheSwapOfIngestOnItsLastGoodSettings() throws Exception {
        cameras.add("front", looping("line.door", "0,0 1,1"), Rig.ADMIN);
        rig.awaitState("front", CameraState.STREAMING);
        List<Long> before = rig.pids();
        Files.writeString(file("front"), "url = file:" + clip + "\ndetect.fps = many\n");
        Rig.soon().until(() -> !cameras.refusals().isEmpty());

        rig.swap();
        watch.close();
        watch();
        Rig.soon().until(() -> !rig.registry.cameras().isEmpty());

        Camera camera = rig.camera("front");
        assertThat(camera.settings().analysis().lines()).hasSize(1);
        assertThat(rig.registry.refusals())
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.reason())
                                        .isEqualTo("detect.fps = many: must be 1..30"));
        rig.awaitState("front", CameraState.STREAMING);
        assertThat(rig.pids()).isEqualTo(before);
    }

    @Test
    void aCameraWhoseSecretIsMissingStartsAtOnceWhenItIsSet() throws Exception {
        Files.writeString(file("front"), "url = rtsp://u:$[secret:later]@127.0.0.1:9/\n");
        Files.writeString(file("back"), "url = rtsp://u:$[secret:known]@127.0.0.1:9/\n");
        Rig.soon().until(() -> cameras.refusals().size() == 1 && cameras.list().size() == 1);
        assertThat(cameras.refusals().get(0).reason())
                .isEqualTo("url: there is no secret later: set it with secret-set later");
        Camera back = rig.camera("back");

        rig.secrets.put("later", "s/p@t");
        rig.registry.secretsChanged(Set.of("later"));
        Rig.soon().until(() -> cameras.refusals().isEmpty());

        assertThat(rig.camera("front").settings().source().url())
                .isEqualTo("rtsp://u:s%2Fp%40t@127.0.0.1:9/");
        assertThat(rig.camera("back")).isSameAs(back);
    }

    @Test
    void aSecretThatChangesReconnectsTheCamerasThatUseItAlone() throws Exception {
        rig.secrets.put("other", "x");
        cameras.add("front", Map.of("url", "rtsp://u:$[secret:known]@127.0.0.1:9/"), Rig.ADMIN);
        cameras.add("back", Map.of("url", "rtsp://u:$[secret:other]@127.0.0.1:9/"), Rig.ADMIN);
        Camera front = rig.camera("front");
        Camera back = rig.camera("back");

        rig.secrets.put("other", "y");
        rig.registry.secretsChanged(Set.of("other"));
        Rig.soon().until(() -> rig.camera("back").settings().source().url().contains(":y@"));

        assertThat(rig.camera("front")).isSameAs(front);
        assertThat(rig.camera("back")).isNotSameAs(back);
    }

    @Test
    void whileSecretsAreAwayCamerasThatRunGoOnAndOthersWait() throws Exception {
        cameras.add("front", Map.of("url", "rtsp://u:$[secret:known]@127.0.0.1:9/"), Rig.ADMIN);
        Camera front = rig.camera("front");
        rig.secretsAway = true;
        Files.writeString(file("back"), "url = rtsp://u:$[secret:known]@127.0.0.1:9/\n");
        Rig.soon().until(() -> !cameras.refusals().isEmpty());

        rig.registry.secretsChanged(Set.of("known"));
        Rig.soon().until(() -> cameras.refusals().size() == 2);
        assertThat(rig.camera("front")).isSameAs(front);

        rig.secretsAway = false;
        rig.registry.secretsAreThere();
        Rig.soon().until(() -> cameras.list().size() == 2 && cameras.refusals().isEmpty());
        assertThat(rig.camera("front")).isSameAs(front);
    }

    @Test
    void aSecretIsNotWrittenToDiskWithTheLastGoodSettings() throws Exception {
        cameras.add("front", Map.of("url", "rtsp://u:$[secret:known]@127.0.0.1:9/"), Rig.ADMIN);
        Files.writeString(
                file("front"), "url = rtsp://u:$[secret:known]@127.0.0.1:9/\npriority = 0\n");
        Rig.soon().until(() -> !cameras.refusals().isEmpty());

        rig.swap();
        watch.close();
        watch();
        Rig.soon().until(() -> !rig.registry.cameras().isEmpty());

        assertThat(rig.camera("front").settings().source().url()).contains("pa55word");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(one -> assertThat(one).content().doesNotContain("pa55word"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://müller:grün@127.0.0.1:9/x",
                "rtsp://admin:pa\\ss@127.0.0.1:9/x",
                "rtsp://admin:pa${d}x@127.0.0.1:9/x",
                "rtsp://admin:\\u12@127.0.0.1:9/x"
            })
    void whatIsWrittenIsWhatTheCameraGetsWhoeverWritesIt(String url) throws Exception {
        Files.writeString(file("front"), "\ufeffurl=" + url + "\r\nenabled=false\r\n");
        cameras.add("back", Map.of("url", url, "enabled", "false"), Rig.ADMIN);
        Rig.soon().until(() -> cameras.list().size() == 2);

        String written = Address.parse("url", url).url();
        assertThat(cameras.list())
                .allMatch(camera -> camera.settings().source().url().equals(written));

        // The same to whoever takes escapes for what they stand for, another one to us.
        String other = url.replace("\\", "");
        Files.writeString(file("front"), "url=" + other + "\nenabled=false\n");
        String expected = Address.parse("url", other).url();
        Rig.soon().until(() -> rig.camera("front").settings().source().url().equals(expected));
    }

    @Test
    void aFileWhoseNameIsAlmostRightIsNamedWithTheNameThatIsRight() throws Exception {
        Files.writeString(etc.resolve("camera_front.cfg"), "url = file:/a\n");
        Rig.soon().until(() -> !cameras.refusals().isEmpty());

        assertThat(cameras.refusals())
                .containsExactly(
                        new ConfigurationError(
                                "camera_front.cfg",
                                "a camera's file is called io.visionops.camera-front.cfg"));
    }

    @Test
    void twoFilesForOneCameraAreNotBothInForce() throws Exception {
        cameras.add("front", looping(), Rig.ADMIN);
        rig.registry.updated(
                "io.visionops.camera.2",
                Map.of(
                        "felix.fileinstall.filename", "file:/x/io.visionops.camera-front.config",
                        "url", "rtsp://h/"));
        Rig.soon().until(() -> !cameras.refusals().isEmpty());

        assertThat(cameras.refusals().get(0).reason())
                .isEqualTo(
                        "camera front is configured by io.visionops.camera-front.cfg already:"
                                + " remove one of them");
        assertThat(cameras.list()).hasSize(1);
    }
}
