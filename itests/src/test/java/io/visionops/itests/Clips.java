package io.visionops.itests;

import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.testkit.scene.Scene;
import io.visionops.testkit.scene.SceneVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Video files of rendered scenes, made once. */
final class Clips {

    private Clips() {}

    static synchronized Path of(Scene scene) throws IOException, InterruptedException {
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

    /** The same again and again, as one file: what a server plays without an end. */
    static synchronized Path of(Scene scene, Duration length)
            throws IOException, InterruptedException {
        Path once = of(scene);
        Path file = once.resolveSibling(scene.name() + "-" + length.toSeconds() + ".mp4");
        if (!Files.exists(file)) {
            Path part = once.resolveSibling(scene.name() + ".looped.mp4");
            Ffmpeg.run(
                    List.of(
                            "-stream_loop",
                            "-1",
                            "-i",
                            once.toString(),
                            "-t",
                            String.valueOf(length.toSeconds()),
                            "-c",
                            "copy",
                            part.toString()));
            Files.move(part, file);
        }
        return file;
    }
}
