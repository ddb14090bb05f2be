package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraFolderTest {

    private static final CameraFile FRONT = CameraFile.of("front");

    @TempDir Path etc;

    @Test
    void aNewFileSaysWhatWasAskedForAndOnlyItsOwnerReadsIt() throws Exception {
        Map<String, String> settings =
                Map.of("url", "rtsp://u:a\\b${c}@h/\u00fc?x=1#y", "line.a", "0,0 1,1");

        new CameraFolder(etc).create(FRONT, settings);

        Path file = etc.resolve("io.visionops.camera-front.cfg");
        assertThat(file)
                .content()
                .isEqualTo("url = rtsp://u:a\\b${c}@h/\u00fc?x=1#y\nline.a = 0,0 1,1\n");
        assertThat(CameraText.of(FRONT, Files.readAllBytes(file)).values()).isEqualTo(settings);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(etc)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void oneKeyIsSetAndAllOtherLinesStay() {
        String text = "# enabled = no\nurl = file:/\u00fc\\\n enabled: true\nline.a = 0,0 1,1";

        assertThat(CameraFolder.replaced(text, "enabled", "false"))
                .isEqualTo(
                        "# enabled = no\nurl = file:/\u00fc\\\nenabled = false\nline.a = 0,0 1,1");
    }

    @Test
    void theLinesOfAnotherSystemEndAsTheyDid() {
        assertThat(CameraFolder.replaced("\ufeffenabled=true\r\nurl = a\r\n", "enabled", "false"))
                .isEqualTo("enabled = false\r\nurl = a\r\n");
        assertThat(CameraFolder.replaced("# a\r\nurl = a", "enabled", "false"))
                .isEqualTo("# a\r\nurl = a\r\nenabled = false\r\n");
    }

    @Test
    void aKeyThatWasNotThereIsAdded() {
        assertThat(CameraFolder.replaced("url = file:/a", "enabled", "false"))
                .isEqualTo("url = file:/a\nenabled = false\n");
        assertThat(CameraFolder.replaced("", "enabled", "true")).isEqualTo("enabled = true\n");
    }

    @Test
    void aKeyThatOnlyBeginsLikeItIsAnother() {
        assertThat(CameraFolder.replaced("enabled.x = 1\n", "enabled", "true"))
                .isEqualTo("enabled.x = 1\nenabled = true\n");
    }
}
