package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderWatchTest {

    private static final String FRONT = "io.visionops.camera-front.cfg";

    @TempDir Path etc;
    private final List<CameraText> changed = new ArrayList<>();
    private final List<CameraFile> gone = new ArrayList<>();
    private FolderWatch watch;

    @AfterEach
    void close() {
        watch.close();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look(false);
        }
    }

    private void start() {
        watch = new FolderWatch(etc, changed::add, gone::add);
        watch.look(true);
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(etc.resolve(name), text);
    }

    @Test
    void whatIsThereIsToldAtOnceAndAChangeWhenItStaysAsItIs() throws Exception {
        write(FRONT, "url = file:/a\n");
        start();
        assertThat(changed).hasSize(1);

        look(3);
        write(FRONT, "url = file:/another\n");
        look(1);
        assertThat(changed).hasSize(1);

        look(1);
        assertThat(changed.get(1).values()).isEqualTo(Map.of("url", "file:/another"));
    }

    @Test
    void aFileThatSaysTheSameAgainIsNoChange() throws Exception {
        write(FRONT, "url = file:/a\n");
        start();
        write("io.visionops.camera-front.tmp", "url = file:/a\n");
        Files.move(
                etc.resolve("io.visionops.camera-front.tmp"),
                etc.resolve(FRONT),
                StandardCopyOption.REPLACE_EXISTING);

        look(3);

        assertThat(changed).hasSize(1);
    }

    @Test
    void aFileThatIsAwayForAMomentWasOnlySaved() throws Exception {
        write(FRONT, "url = file:/a\n");
        start();

        Files.delete(etc.resolve(FRONT));
        look(1);
        write(FRONT, "url = file:/a\n");
        look(2);
        assertThat(gone).isEmpty();

        Files.delete(etc.resolve(FRONT));
        look(2);
        assertThat(gone).containsExactly(CameraFile.of("front"));
    }

    @Test
    void whatThisPartHasWrittenOrRemovedIsToldAtOnceAndOnlyOnce() throws Exception {
        start();
        CameraFile front = CameraFile.of("front");

        write(FRONT, "url = file:/a\n");
        watch.lookAtOwn(front);
        assertThat(changed).hasSize(1);

        Files.delete(etc.resolve(FRONT));
        watch.lookAtOwn(front);
        assertThat(gone).containsExactly(front);

        look(3);
        assertThat(changed).hasSize(1);
        assertThat(gone).hasSize(1);
    }

    @Test
    void aFileInTheFormatOfKarafIsLeftToItThoughThisPartHasWrittenIt() throws Exception {
        start();
        CameraFile front = CameraFile.ofFile("io.visionops.camera-front.config");

        write(front.file(), "url = \"file:/a\"\n");
        watch.lookAtOwn(front);
        look(3);

        assertThat(changed).isEmpty();
    }

    @Test
    void aFolderThatCannotBeReadSaysNothingOfItsCameras() throws Exception {
        write(FRONT, "url = file:/a\n");
        start();

        Path away = Files.move(etc, etc.resolveSibling(etc.getFileName() + "-away"));
        look(5);
        Files.move(away, etc);
        look(5);

        assertThat(gone).isEmpty();
        assertThat(changed).hasSize(1);
    }

    @Test
    void whatMayHoldAPasswordIsClosedToOthers() throws Exception {
        Path file = write(FRONT, "url = file:/a\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        start();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(changed).hasSize(1);
    }

    /** Karaf brings what stands in it, and does not mind who else may read it. */
    @Test
    void aCameraFileInTheFormatOfKarafIsClosedToOthersToo() throws Exception {
        Path file =
                write("io.visionops.camera-front.config", "url=\"rtsp://me:s3cret@10.0.0.1/\"\n");
        Path others = write("org.example.config", "a=\"b\"\n");
        for (Path one : List.of(file, others)) {
            Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rw-r--r--"));
        }

        start();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(others)))
                .isEqualTo("rw-r--r--");
        assertThat(changed).isEmpty();
    }

    @Test
    void aKeyThatIsGivenTwiceIsRefusedWithItsLines() throws Exception {
        write(FRONT, "url = file:/a\n# x\nurl = file:/b\n");
        start();

        assertThat(changed.get(0).refusal())
                .contains("url: given more than once, in lines 1 and 3: keep one of them");
    }

    @Test
    void aLineThatSeemsToGoOnIsRefused() throws Exception {
        write(FRONT, "url = file:/a\nzone.yard = 0,0 1,0 \\\n  1,1\n");
        start();

        assertThat(changed.get(0).refusal())
                .contains("zone.yard: ends in \\, but no line is continued: write it in one line");
    }

    @Test
    void whatIsNotUtf8IsRefusedRatherThanGuessed() throws Exception {
        Files.write(etc.resolve(FRONT), "url = file:/grün".getBytes(StandardCharsets.ISO_8859_1));
        start();

        assertThat(changed.get(0).refusal()).contains("is not UTF-8: save it as UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "io.visionops.camera-front.CFG, io.visionops.camera-front.cfg",
        "io.visionops.camera_front.cfg, io.visionops.camera-front.cfg",
        "io.visionops.camera.front.cfg, io.visionops.camera-front.cfg",
        "io.visionops.cameras-x.cfg, io.visionops.camera-x.cfg",
        "IO.VisionOps.Camera-x.cfg, io.visionops.camera-x.cfg",
        "io.visionops.camera-front.cfg.txt, io.visionops.camera-front.cfg",
        "io.visionops.camera-front.conf, io.visionops.camera-front.cfg",
        "io.visionops.camera.cfg, io.visionops.camera-NAME.cfg",
        "camera-front.cfg, io.visionops.camera-front.cfg",
        "visionops.camera-front.cfg, io.visionops.camera-front.cfg",
    })
    void aNameThatIsAlmostRightIsTold(String name, String right) throws Exception {
        write(name, "url = file:/a\n");
        start();

        assertThat(changed).isEmpty();
        assertThat(watch.misnamed()).isEqualTo(Map.of(name, "a camera's file is called " + right));
    }

    @Test
    void aNameOfAnotherFileThatIsAlmostRightIsTold() throws Exception {
        write("io.visionops.store.cfg", "");
        write("io.visionops.Store.cfg", "");
        write("io.visionops.store.cfg.txt", "");
        start();

        assertThat(watch.misnamed())
                .containsOnlyKeys("io.visionops.Store.cfg", "io.visionops.store.cfg.txt")
                .containsValue("the file is called io.visionops.store.cfg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.visionops.camera-front.cfg~",
                "io.visionops.camera-front.cfg.bak",
                "io.visionops.camera-front.cfg.orig",
                ".io.visionops.camera-front.cfg.swp",
                "#io.visionops.camera-front.cfg#",
                "io.visionops.camera-front.config",
                "io.visionops.ingest.cfg",
                "camera.example",
                "README",
                "org.apache.karaf.shell.cfg",
                ".camera123.tmp"
            })
    void whatAnEditorLeavesAndWhatIsOthersIsFine(String name) throws Exception {
        write(name, "url = file:/a\n");
        start();

        assertThat(watch.misnamed()).isEmpty();
        assertThat(changed).isEmpty();
    }
}
