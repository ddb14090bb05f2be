package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.geometry.Box;
import io.visionops.testkit.FakeFrame;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SnapshotsTest {

    private static final long SECOND = 1_000_000_000L;

    private final FakeFrame frame =
            FakeFrame.of("front", 1, Instant.EPOCH, 160, 120, FakeFrame.grey(160, 120));
    private final Snapshots snapshots = new Snapshots();

    @Test
    void thePictureIsTheFrameWithTheBoxDrawn() throws IOException {
        byte[] jpeg =
                snapshots
                        .take(frame, Optional.of(new Box(0.25, 0.25, 0.75, 0.75)), 0)
                        .orElseThrow();

        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(picture.getWidth()).isEqualTo(160);
        assertThat(picture.getHeight()).isEqualTo(120);
        Color middle = new Color(picture.getRGB(80, 60));
        assertThat(middle.getGreen() - middle.getRed()).isBetween(-10, 10);
        Color edge = new Color(picture.getRGB(40, 60));
        assertThat(edge.getGreen() - edge.getRed()).isGreaterThan(60);
    }

    @Test
    void aBoxBeyondThePictureIsCutOff() {
        assertThat(snapshots.take(frame, Optional.of(new Box(-0.5, -0.5, 1.5, 1.5)), 0))
                .isPresent();
    }

    @Test
    void thereAreAtMostTwoInASecond() {
        assertThat(snapshots.take(frame, Optional.empty(), 0)).isPresent();
        assertThat(snapshots.take(frame, Optional.empty(), SECOND / 2)).isPresent();
        assertThat(snapshots.take(frame, Optional.empty(), SECOND - 1)).isEmpty();
        assertThat(snapshots.take(frame, Optional.empty(), SECOND)).isPresent();
        assertThat(snapshots.take(frame, Optional.empty(), SECOND)).isEmpty();
    }
}
