package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.javacv.Frame.DEPTH_UBYTE;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import com.sun.management.ThreadMXBean;
import io.visionops.api.geometry.Box;
import io.visionops.inference.internal.image.FramePicture;
import io.visionops.inference.internal.image.OpenCv;
import io.visionops.ingest.internal.frame.OpenCvEncoder;
import io.visionops.testkit.FakeFrame;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntSupplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.OpenCVFrameConverter.ToMat;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our own conversions of pictures beside those of JavaCV, in CPU time of the thread and in bytes of
 * the heap for one picture (ADR 110): {@code mvn -B -Dtest=PictureBench -Dtests.jvm=-Xmx512m
 * -Dsurefire.failIfNoSpecifiedTests=false -pl bundles/inference -am test}. Asked in turn, so that
 * what else the machine does hits all of them. Printed are the lower quartile and the median.
 */
@Tag("bench")
@Isolated
class PictureBench {

    private static final int WARM_UP = 300;
    private static final int CALLS = 300;
    private static final long SECOND = 1_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<String, IntSupplier> ways = new LinkedHashMap<>();

    @BeforeAll
    static void oneThread() {
        OpenCv.load();
    }

    @ParameterizedTest
    @CsvSource({"640,360", "1920,1080"})
    void picturesOfEvents(int width, int height) {
        FakeFrame frame = picture(width, height);
        Snapshots snapshots = new Snapshots();
        Optional<Box> box = Optional.of(new Box(0.25, 0.25, 0.75, 0.75));
        int[] pixels = {
            (int) Math.round((width - 1) * 0.25),
            (int) Math.round((height - 1) * 0.25),
            (int) Math.round((width - 1) * 0.75),
            (int) Math.round((height - 1) * 0.75)
        };
        JavaCvJpeg javacv = new JavaCvJpeg(frame.i420(), width, height, 80, Optional.of(pixels));
        byte[] ours = snapshots.take(frame, box, 0).orElseThrow();
        assertThat(javacv.copied()).isEqualTo(ours);
        assertThat(javacv.wrapped()).isEqualTo(ours);
        assertThat(javacv.java2d()).isNotEmpty();

        long[] time = {SECOND};
        ways.put("ours", () -> snapshots.take(frame, box, time[0] += SECOND).orElseThrow().length);
        ways.put("JavaCV, copied", () -> javacv.copied().length);
        ways.put("JavaCV, wrapped", () -> javacv.wrapped().length);
        ways.put("JavaCV, Java2D", () -> javacv.java2d().length);

        measure("event", width, height, 1);
    }

    @ParameterizedTest
    @CsvSource({"640,360", "1920,1080"})
    void latestPictures(int width, int height) {
        ByteBuffer i420 = picture(width, height).i420();
        OpenCvEncoder encoder = new OpenCvEncoder();
        JavaCvJpeg javacv = new JavaCvJpeg(i420, width, height, 85, Optional.empty());
        byte[] ours = encoder.jpeg(i420.duplicate(), width, height);
        assertThat(javacv.copied()).isEqualTo(ours);
        assertThat(javacv.wrapped()).isEqualTo(ours);

        ways.put("ours", () -> encoder.jpeg(i420.duplicate(), width, height).length);
        ways.put("JavaCV, copied", () -> javacv.copied().length);
        ways.put("JavaCV, wrapped", () -> javacv.wrapped().length);
        ways.put("JavaCV, Java2D", () -> javacv.java2d().length);

        measure("latest", width, height, 1);
    }

    /** What JavaCV replaces of the above: everything else are the same calls of OpenCV. */
    @ParameterizedTest
    @CsvSource({"640,360", "1920,1080"})
    void wrappersAlone(int width, int height) {
        ByteBuffer i420 = picture(width, height).i420();
        int rows = height * 3 / 2;

        ways.put("ours", () -> ourWrapper(i420.duplicate(), width, rows));
        ways.put("JavaCV, copied", () -> copy(i420.duplicate(), width, rows));
        ways.put("JavaCV, wrapped", () -> wrap(i420.duplicate(), width, rows));

        measure("wrapper", width, height, 100);
    }

    /** The hot path: once for each frame of each camera. */
    @ParameterizedTest
    @CsvSource({"640,360", "1920,1080"})
    void framesForTheDetectors(int width, int height) {
        FakeFrame frame = picture(width, height);
        try (FramePicture ours = new FramePicture(List.of());
                Frame planes = new Frame(width, height * 3 / 2, DEPTH_UBYTE, 1, width);
                ToMat mats = new ToMat()) {
            ways.put(
                    "ours",
                    () -> {
                        ours.load(frame);
                        return ours.luma().cols();
                    });
            ways.put(
                    "JavaCV, copied",
                    () -> {
                        ((ByteBuffer) planes.image[0]).clear().put(frame.i420());
                        return mats.convertToMat(planes).cols();
                    });
            ways.put(
                    "JavaCV, wrapped",
                    () ->
                            mats.convertToMat(
                                            JavaCvJpeg.around(frame.i420(), width, height * 3 / 2))
                                    .cols());

            measure("frame", width, height, 20);
        }
    }

    private static int ourWrapper(ByteBuffer pixels, int width, int rows) {
        try (BytePointer memory = new BytePointer(pixels);
                Mat planes = new Mat(rows, width, CV_8UC1, memory)) {
            return planes.cols();
        }
    }

    private static int copy(ByteBuffer pixels, int width, int rows) {
        try (Frame planes = new Frame(width, rows, DEPTH_UBYTE, 1, width);
                ToMat mats = new ToMat()) {
            ((ByteBuffer) planes.image[0]).put(pixels);
            return mats.convertToMat(planes).cols();
        }
    }

    private static int wrap(ByteBuffer pixels, int width, int rows) {
        try (ToMat mats = new ToMat()) {
            Mat planes = mats.convertToMat(JavaCvJpeg.around(pixels, width, rows));
            return planes.cols();
        }
    }

    /**
     * @param times that a way is gone between two looks at the clock
     */
    private void measure(String what, int width, int height, int times) {
        Map<String, long[]> nanos = new LinkedHashMap<>();
        Map<String, long[]> bytes = new LinkedHashMap<>();
        ways.keySet().forEach(way -> nanos.put(way, new long[CALLS]));
        ways.keySet().forEach(way -> bytes.put(way, new long[CALLS]));
        Random random = new Random(1);
        long seen = 0;
        List<Map.Entry<String, IntSupplier>> turns = new ArrayList<>(ways.entrySet());
        for (int call = -WARM_UP; call < CALLS; call++) {
            // Nobody is always the one who finds the caches and the heap as the same other left
            // them.
            Collections.shuffle(turns, random);
            for (Map.Entry<String, IntSupplier> way : turns) {
                long allocated = threads.getCurrentThreadAllocatedBytes();
                long start = threads.getCurrentThreadCpuTime();
                for (int i = 0; i < times; i++) {
                    seen += way.getValue().getAsInt();
                }
                long took = threads.getCurrentThreadCpuTime() - start;
                if (call >= 0) {
                    nanos.get(way.getKey())[call] = took / times;
                    bytes.get(way.getKey())[call] =
                            (threads.getCurrentThreadAllocatedBytes() - allocated) / times;
                }
            }
        }
        // Nothing of it may turn out to be without effect.
        assertThat(seen).isPositive();
        for (String way : ways.keySet()) {
            long[] sorted = nanos.get(way);
            Arrays.sort(sorted);
            Arrays.sort(bytes.get(way));
            System.out.printf(
                    "| %s %dx%d | %s | %.1f us | %.1f us | %d B |%n",
                    what,
                    width,
                    height,
                    way,
                    sorted[CALLS / 4] / 1e3,
                    sorted[CALLS / 2] / 1e3,
                    bytes.get(way)[CALLS / 2]);
        }
    }

    /** Soft slopes with some noise, as a camera shows them. */
    private static FakeFrame picture(int width, int height) {
        byte[] planes = FakeFrame.grey(width, height);
        Random noise = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double slope = 60 * Math.sin(x / 37.0) * Math.cos(y / 23.0);
                planes[y * width + x] = (byte) (128 + slope + noise.nextInt(9));
            }
        }
        return FakeFrame.of("c", height, Instant.EPOCH, width, height, planes);
    }
}
