package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
            kept.save(
                    CameraFile.of(camera),
                    Map.of(
                            "url",
                            "file:/a",
                            "felix.fileinstall.filename",
                            file.toUri().toString()));
        }
        CameraFolder cameras = new CameraFolder(etc);
        assertThat(kept.forgetMissing(cameras)).isEmpty();

        Files.delete(etc.resolve("io.visionops.camera-yard.cfg"));

        assertThat(kept.forgetMissing(cameras)).containsExactly("yard");
        assertThat(kept.forgetMissing(cameras)).isEmpty();
    }

    @Test
    void withoutAFolderNothingIsMissing() {
        assertThat(new LastGood(folder.resolve("none")).forgetMissing(new CameraFolder(folder)))
                .isEmpty();
    }
}
