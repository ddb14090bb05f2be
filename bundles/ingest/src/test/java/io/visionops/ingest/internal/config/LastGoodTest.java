package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodTest {

    @TempDir Path folder;

    @Test
    void camerasWhoseFilesWereRemovedWhileNobodyLookedAreNamedOnce() throws Exception {
        Path etc = Files.createDirectory(folder.resolve("etc"));
        LastGood kept = new LastGood(folder.resolve("ingest"));
        for (String camera : new String[] {"front", "yard"}) {
            Path file = etc.resolve("io.visionops.camera-" + camera + ".cfg");
            Files.writeString(file, "url = file:/a\n");
            kept.save(CameraText.of(CameraFile.of(camera), Files.readAllBytes(file)));
        }
        CameraFolder cameras = new CameraFolder(etc);
        assertThat(kept.forgetMissing(cameras)).isEmpty();

        Files.delete(etc.resolve("io.visionops.camera-yard.cfg"));

        assertThat(kept.forgetMissing(cameras)).containsExactly("yard");
        assertThat(kept.forgetMissing(cameras)).isEmpty();
    }

    @Test
    void whatIsKeptSaysWhatTheFileSaidAndIsItsOwnersAlone() throws Exception {
        LastGood kept = new LastGood(folder.resolve("ingest"));
        byte[] bytes =
                "url = rtsp://\u00fc:a\\b${c}$[secret:x]@h/\n".getBytes(StandardCharsets.UTF_8);
        CameraText text = CameraText.of(CameraFile.of("front"), bytes);

        kept.save(text);

        assertThat(kept.load(CameraFile.of("front"))).contains(text);
        try (var files = Files.list(folder.resolve("ingest"))) {
            assertThat(files)
                    .singleElement()
                    .satisfies(
                            one ->
                                    assertThat(Files.getPosixFilePermissions(one))
                                            .containsExactlyInAnyOrder(
                                                    PosixFilePermission.OWNER_READ,
                                                    PosixFilePermission.OWNER_WRITE));
        }
    }

    @Test
    void withoutAFolderNothingIsMissing() {
        assertThat(new LastGood(folder.resolve("none")).forgetMissing(new CameraFolder(folder)))
                .isEmpty();
    }
}
