package io.visionops.ingest.internal.tamper;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.visionops.api.camera.PictureLimits;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the watch costs a camera of 5 frames a second, as docs/picture-faults.md gives it. */
@Isolated
class LookCostTest {

    private static final int FPS = 5;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({"640,360", "1920,1080"})
    void aFrameCostsNextToNothing(int width, int height) {
        ByteBuffer[] pictures = {picture(width, height, 0), picture(width, height, 3)};
        PictureWatch watch =
                new PictureWatch(PictureLimits.DEFAULTS, Optional.empty(), usual -> {});
        show(watch, pictures, width, height, 0, 2000);

        long cpu = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        show(watch, pictures, width, height, 2000, 2000);
        bytes = (THREADS.getCurrentThreadAllocatedBytes() - bytes) / 2000;
        cpu = (THREADS.getCurrentThreadCpuTime() - cpu) / 2000;

        System.out.printf("%dx%d: %d ns and %d bytes a frame%n", width, height, cpu, bytes);
        assertThat(bytes).isLessThan(100);
        assertThat(cpu).isLessThan(5_000_000);
    }

    private static void show(
            PictureWatch watch, ByteBuffer[] pictures, int width, int height, int from, int count) {
        for (int i = from; i < from + count; i++) {
            ByteBuffer picture = pictures[i / FPS % pictures.length];
            watch.look(picture, width, height, i * 1_000_000_000L / FPS);
        }
    }

    /** Edges in all directions, a little to the side. */
    private static ByteBuffer picture(int width, int height, int shift) {
        ByteBuffer picture = ByteBuffer.allocateDirect(width * height * 3 / 2);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int bright = (x + shift) / 37 * 53 + y / 29 * 31 + (x * 7 + y * 13 + shift) % 5;
                picture.put(y * width + x, (byte) (40 + bright % 170));
            }
        }
        return picture;
    }
}
