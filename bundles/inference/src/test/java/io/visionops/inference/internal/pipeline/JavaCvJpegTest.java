package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.geometry.Box;
import io.visionops.ingest.internal.frame.OpenCvEncoder;
import io.visionops.testkit.FakeFrame;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** JavaCV's converters make of the bundle {@code natives} what we make without them. */
class JavaCvJpegTest {

    // A width that JavaCV would pad to the next multiple of eight if it were not told the stride.
    private static final int WIDTH = 426;
    private static final int HEIGHT = 240;

    private final FakeFrame frame = noise();

    @Test
    void aPictureOfAnEventIsTheSameByteForByte() {
        byte[] ours =
                new Snapshots().take(frame, Optional.of(new Box(0, 0, 1, 1)), 0).orElseThrow();
        JavaCvJpeg theirs =
                new JavaCvJpeg(
                        frame.i420(),
                        WIDTH,
                        HEIGHT,
                        80,
                        Optional.of(new int[] {0, 0, WIDTH - 1, HEIGHT - 1}));

        assertThat(theirs.copied()).isEqualTo(ours);
        assertThat(theirs.wrapped()).isEqualTo(ours);
    }

    @Test
    void theLatestPictureIsTheSameByteForByte() {
        byte[] ours = new OpenCvEncoder().jpeg(frame.i420(), WIDTH, HEIGHT);
        JavaCvJpeg theirs = new JavaCvJpeg(frame.i420(), WIDTH, HEIGHT, 85, Optional.empty());

        assertThat(theirs.copied()).isEqualTo(ours);
        assertThat(theirs.wrapped()).isEqualTo(ours);
    }

    @Test
    void javaCanDrawOnAFrameWithoutADesktop() throws IOException {
        JavaCvJpeg theirs =
                new JavaCvJpeg(
                        FakeFrame.of(
                                        "c",
                                        1,
                                        Instant.EPOCH,
                                        WIDTH,
                                        HEIGHT,
                                        FakeFrame.grey(WIDTH, HEIGHT))
                                .i420(),
                        WIDTH,
                        HEIGHT,
                        80,
                        Optional.of(new int[] {100, 60, 300, 180}));

        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(theirs.java2d()));

        assertThat(picture.getWidth()).isEqualTo(WIDTH);
        Color middle = new Color(picture.getRGB(200, 120));
        assertThat(middle.getGreen() - middle.getRed()).isBetween(-10, 10);
        Color edge = new Color(picture.getRGB(200, 60));
        assertThat(edge.getGreen() - edge.getRed()).isGreaterThan(60);
    }

    private static FakeFrame noise() {
        byte[] planes = FakeFrame.grey(WIDTH, HEIGHT);
        new Random(1).nextBytes(planes);
        return FakeFrame.of("c", 1, Instant.EPOCH, WIDTH, HEIGHT, planes);
    }
}
