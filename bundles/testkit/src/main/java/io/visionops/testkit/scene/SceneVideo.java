package io.visionops.testkit.scene;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes video files of scenes with an ffmpeg program. */
public final class SceneVideo {

    private SceneVideo() {}

    /**
     * Writes a scene as H.264 in MP4, with a key frame each second and no reordered frames, as
     * cameras do.
     *
     * @param ffmpeg the program
     * @param environment what it must be started with
     * @throws IOException when the program fails, with its last words
     */
    public static void write(Scene scene, Path ffmpeg, Map<String, String> environment, Path file)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("scene", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(
                            List.of(
                                    ffmpeg.toString(),
                                    "-y",
                                    "-v",
                                    "warning",
                                    "-f",
                                    "rawvideo",
                                    "-pix_fmt",
                                    "bgr24",
                                    "-s",
                                    scene.width() + "x" + scene.height(),
                                    "-r",
                                    String.valueOf(scene.fps()),
                                    "-i",
                                    "pipe:0",
                                    "-c:v",
                                    "libopenh264",
                                    "-b:v",
                                    "700k",
                                    "-rc_mode",
                                    "bitrate",
                                    "-allow_skip_frames",
                                    "0",
                                    "-g",
                                    String.valueOf(scene.fps()),
                                    "-pix_fmt",
                                    "yuv420p",
                                    "-movflags",
                                    "+faststart",
                                    file.toString()));
            builder.environment().putAll(environment);
            Process process =
                    builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
            try (OutputStream pipe = process.getOutputStream()) {
                SceneRenderer renderer = new SceneRenderer(scene);
                for (int frame = 0; frame < scene.frames(); frame++) {
                    pipe.write(renderer.render(frame));
                }
            }
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(
                        "ffmpeg could not make " + file + ": " + Files.readString(log));
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
