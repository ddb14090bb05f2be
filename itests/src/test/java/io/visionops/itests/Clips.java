package io.visionops.itests;

import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.testkit.scene.Scene;
import io.visionops.testkit.scene.SceneVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Video files of rendered scenes, made once. */
final class Clips {

    private Clips() {}

    static Path of(Scene scene) throws IOException, InterruptedException {
        Path file =
                Files.createDirectories(Instance.TARGET.resolve("clips"))
                        .resolve(scene.name() + ".mp4");
        if (!Files.exists(file)) {
            Path part = file.resolveSibling(scene.name() + ".part.mp4");
            DecoderProgram ffmpeg = Ffmpeg.program();
            SceneVideo.write(scene, ffmpeg.path(), ffmpeg.environment(), part);
            Files.move(part, file);
        }
        return file;
    }
}
