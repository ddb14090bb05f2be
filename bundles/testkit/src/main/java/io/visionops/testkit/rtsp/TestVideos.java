package io.visionops.testkit.rtsp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a hostile camera can send: the same moving test picture in two sizes of different shape and
 * in three codecs.
 *
 * @param usual H.264 of 640x360, a key frame each second, noise like that of a sensor
 * @param other H.264 of 480x360
 * @param mpeg4 MPEG-4 of 640x360
 * @param jpeg for HTTP, 640x360
 */
public record TestVideos(Video usual, Video other, Video mpeg4, Video jpeg) {

    /** Pictures a second of all of them. */
    public static final int FPS = 10;

    private static final int SECONDS = 10;

    /**
     * Makes them with an ffmpeg program, in a few seconds; goes on with what is there already.
     *
     * @param environment what the program must be started with
     * @throws IOException when the program fails, with its last words
     */
    public static TestVideos make(Path folder, Path ffmpeg, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path made = Files.createDirectories(folder);
        Encoder encoder = new Encoder(made, ffmpeg, environment);
        return new TestVideos(
                Video.h264(encoder.encode("usual.h264", "640x360", "libopenh264", "h264"), FPS),
                Video.h264(encoder.encode("other.h264", "480x360", "libopenh264", "h264"), FPS),
                Video.mpeg4(encoder.encode("usual.mpeg4", "640x360", "mpeg4", "m4v"), FPS),
                Video.jpeg(encoder.encode("usual.mjpeg", "640x360", "mjpeg", "mjpeg"), FPS));
    }

    private record Encoder(Path folder, Path ffmpeg, Map<String, String> environment) {

        Path encode(String name, String size, String codec, String format)
                throws IOException, InterruptedException {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                return file;
            }
            Path part = folder.resolve("part." + name);
            Path log = folder.resolve(name + ".log");
            List<String> command = new ArrayList<>();
            command.addAll(List.of(ffmpeg.toString(), "-nostdin", "-y", "-v", "warning"));
            command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=" + size + ":rate=" + FPS));
            command.addAll(List.of("-t", String.valueOf(SECONDS), "-vf", "noise=alls=6:allf=t"));
            command.addAll(List.of("-c:v", codec, "-b:v", "700k", "-g", String.valueOf(FPS)));
            command.addAll(
                    List.of("-bf", "0", "-pix_fmt", "yuv420p", "-f", format, part.toString()));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.redirectOutput(log.toFile()).start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(
                        "ffmpeg could not make " + name + ": " + Files.readString(log));
            }
            Files.delete(log);
            return Files.move(part, file);
        }
    }
}
