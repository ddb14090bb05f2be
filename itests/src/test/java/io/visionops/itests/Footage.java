package io.visionops.itests;

import io.visionops.testkit.scene.Scene;
import io.visionops.testkit.scene.SceneRenderer;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/**
 * Streams like those of a 1080p25 camera: H.264, 4 Mb/s, a key frame each two seconds, sensor
 * noise. Made once.
 */
final class Footage {

    /** The pedestrian video of Debian's opencv-doc. */
    static final Path PEDESTRIANS = Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi");

    /** Long enough for a measurement with its warm-up. */
    private static final String SECONDS = "600";

    private Footage() {}

    /** A place in which nothing moves. */
    static Path still1080p25() throws IOException, InterruptedException {
        Path picture = Instance.TARGET.resolve("still.png");
        Scene empty = new Scene("still", 1920, 1080, 25, 1, List.of(), List.of());
        BufferedImage image = new BufferedImage(1920, 1080, BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(new SceneRenderer(empty).render(0), 0, pixels, 0, pixels.length);
        ImageIO.write(image, "png", picture.toFile());
        return make(
                "still1080p25",
                List.of("-loop", "1", "-framerate", "25", "-t", "20", "-i", picture.toString()),
                "");
    }

    /** Pedestrians all the time. */
    static Path pedestrians1080p25() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(PEDESTRIANS), "Debian package opencv-doc");
        return make(
                "pedestrians1080p25",
                List.of("-r", "25", "-stream_loop", "1", "-t", "60", "-i", PEDESTRIANS.toString()),
                "scale=1920:1080:flags=bicubic,");
    }

    private static Path make(String name, List<String> input, String filter)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Instance.TARGET.resolve("clips"));
        Path file = folder.resolve(name + ".mp4");
        if (!Files.exists(file)) {
            Path once = folder.resolve(name + ".once.mp4");
            Path part = folder.resolve(name + ".part.mp4");
            List<String> encode = new ArrayList<>(input);
            encode.addAll(
                    List.of(
                            "-an",
                            "-vf",
                            filter + "noise=alls=6:allf=t,format=yuv420p",
                            "-c:v",
                            "libopenh264",
                            "-b:v",
                            "4M",
                            "-rc_mode",
                            "bitrate",
                            "-allow_skip_frames",
                            "0",
                            "-g",
                            "50",
                            once.toString()));
            Ffmpeg.run(encode);
            Ffmpeg.run(
                    List.of(
                            "-stream_loop",
                            "-1",
                            "-i",
                            once.toString(),
                            "-t",
                            SECONDS,
                            "-c",
                            "copy",
                            part.toString()));
            Files.move(part, file);
        }
        return file;
    }
}
