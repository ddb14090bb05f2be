package io.visionops.inference.internal.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.inference.internal.image.OpenCv;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.inference.internal.motion.MotionGate;
import io.visionops.inference.internal.onnx.OnnxDetector;
import io.visionops.inference.internal.onnx.OnnxModel;
import io.visionops.inference.internal.onnx.OnnxRuntime;
import io.visionops.inference.internal.onnx.TinyOnnx;
import io.visionops.inference.internal.track.SharedData;
import io.visionops.testkit.FakeCamera;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Thousands of frames, sessions and models leave nothing behind. */
@Tag("slow")
@Isolated
class FlatMemoryTest {

    private static final int FRAMES = 2000;
    private static final int CELLS = 16 * 16 + 8 * 8 + 4 * 4;

    private static final int ROUNDS = 150;
    private static final int WINDOWS = 3;

    /**
     * A leak grows in each window; the heap, the compiler and the other tests of this process do
     * not. A picture that is lost every hundredth frame is 0.8 MB, a model every round 30 MB.
     */
    private static final long MOST_GROWTH = 4_000_000;

    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final Pattern HEAP = Pattern.compile("\\[0x([0-9a-f]+), 0x([0-9a-f]+)\\)");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
    private static final Pattern RESIDENT = Pattern.compile("Rss: +([0-9]+) kB");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Moment> walk = walk();

    @BeforeAll
    static void load() {
        OpenCv.load();
    }

    @Test
    void aThousandsOfFramesThroughTheMotionDetector() throws Exception {
        try (DetectorSession session = new MotionDetector().open(FakeCamera.settings("c"))) {
            long allocated = watch(session::detect, FRAMES);

            assertThat(allocated).isLessThan(2000);
        }
    }

    @Test
    void theGateAllocatesNothing() throws Exception {
        try (MotionGate gate = new MotionGate(List.of(), Duration.ofSeconds(2))) {
            long allocated = watch(gate::moving, FRAMES);

            assertThat(allocated).isLessThan(100);
        }
    }

    @Test
    void aThousandsOfFramesThroughAModel(@TempDir Path folder) throws Exception {
        Path file = tiny().write(folder.resolve("tiny.onnx"));
        try (OnnxModel model = open("tiny", file);
                DetectorSession session =
                        new OnnxDetector(model, 1, 1).open(FakeCamera.settings("c"))) {
            long allocated = watch(session::detect, FRAMES);

            assertThat(allocated).isLessThan(2000);
        }
    }

    @Test
    void modelsThatAreAskedAtSeveralSizes(@TempDir Path folder) throws Exception {
        Path file = TinyOnnx.seeing(128, 128, -1).write(folder.resolve("tiny.onnx"));
        List<Long> growth = new ArrayList<>();
        for (int window = 0; window <= WINDOWS; window++) {
            long before = resident();
            for (int round = 0; round < ROUNDS; round++) {
                try (OnnxModel model = open("tiny", file);
                        DetectorSession wide =
                                new OnnxDetector(model, 1, 1).open(FakeCamera.settings("c"));
                        DetectorSession tall =
                                new OnnxDetector(model, 1, 4).open(FakeCamera.settings("c"));
                        DetectorSession square =
                                new OnnxDetector(model, 1, 2).open(FakeCamera.settings("c"))) {
                    for (DetectorSession session : List.of(wide, tall, square)) {
                        session.detect(walk.get(round % walk.size()));
                    }
                }
            }
            growth.add(resident() - before);
        }

        assertStays(growth);
    }

    @Test
    void aRealModel() throws Exception {
        Path file = SharedData.file("models/yolox_nano.onnx");
        assumeTrue(Files.isReadable(file), () -> file + " is missing");
        try (OnnxModel model = open("yolox_nano", file);
                DetectorSession session =
                        new OnnxDetector(model, 1, 1).open(FakeCamera.settings("c"))) {
            long allocated = watch(session::detect, 300);

            assertThat(allocated).isLessThan(2000);
        }
    }

    @Test
    void hundredsOfSessionsAndModels(@TempDir Path folder) throws Exception {
        Path file = tiny().write(folder.resolve("tiny.onnx"));
        List<Long> growth = new ArrayList<>();
        for (int window = 0; window <= WINDOWS; window++) {
            long before = resident();
            for (int round = 0; round < ROUNDS; round++) {
                try (OnnxModel model = open("tiny", file);
                        DetectorSession one =
                                new OnnxDetector(model, 1, 2).open(FakeCamera.settings("c"));
                        DetectorSession two = new MotionDetector().open(FakeCamera.settings("c"))) {
                    one.detect(walk.get(round % walk.size()));
                    two.detect(walk.get(round % walk.size()));
                }
            }
            growth.add(resident() - before);
        }

        assertStays(growth);
    }

    private interface Viewer {
        Object look(Frame frame) throws Exception;
    }

    /** Returns the bytes of heap that a frame takes. */
    private long watch(Viewer viewer, int frames) throws Exception {
        long self = Thread.currentThread().getId();
        long step = 0;
        long heap = 0;
        List<Long> growth = new ArrayList<>();
        for (int window = 0; window <= WINDOWS; window++) {
            long before = resident();
            heap = 0;
            for (int i = 0; i < frames / WINDOWS; i++) {
                Moment frame = at(step++);
                long start = threads.getThreadAllocatedBytes(self);
                viewer.look(frame);
                heap += threads.getThreadAllocatedBytes(self) - start;
            }
            growth.add(resident() - before);
        }

        assertStays(growth);
        return heap / (frames / WINDOWS);
    }

    private Moment at(long step) {
        Moment frame = walk.get((int) (step % walk.size()));
        return new Moment(step, frame.i420());
    }

    private static OnnxModel open(String name, Path file) throws Exception {
        Path natives = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));
        return OnnxModel.open(name, file, OnnxRuntime.start(natives), new Semaphore(2, true));
    }

    private static TinyOnnx tiny() {
        return new TinyOnnx()
                .input("x", 1, 3, 128, 128)
                .output("o", new float[CELLS * 85], 1, CELLS, 85);
    }

    /** Says that memory grew in not every window; in the first, classes are loaded. */
    private static void assertStays(List<Long> growth) {
        assertThat(growth.subList(1, growth.size()))
                .as("growth in bytes, window by window")
                .anyMatch(bytes -> bytes < MOST_GROWTH);
    }

    /**
     * Resident bytes of the process beside Java's heap, after the C library has given back what it
     * does not need. A collector touches more and more of the heap that it holds, for as long as it
     * likes, so the heap is left out.
     */
    private static long resident() throws Exception {
        assumeTrue(Files.isReadable(MAPPINGS), "resident memory is read from /proc");
        System.gc();
        diagnose("systemTrimNativeHeap");
        Matcher heap = HEAP.matcher(diagnose("gcHeapInfo"));
        assertThat(heap.find()).as("bounds of the heap").isTrue();
        long from = Long.parseUnsignedLong(heap.group(1), 16);
        long to = Long.parseUnsignedLong(heap.group(2), 16);

        long kilobytes = 0;
        boolean outside = true;
        for (String line : Files.readAllLines(MAPPINGS)) {
            Matcher mapping = MAPPING.matcher(line);
            Matcher resident = RESIDENT.matcher(line);
            if (mapping.matches()) {
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                outside =
                        Long.compareUnsigned(start, from) < 0
                                || Long.compareUnsigned(start, to) >= 0;
            } else if (outside && resident.matches()) {
                kilobytes += Long.parseLong(resident.group(1));
            }
        }
        return kilobytes * 1024;
    }

    private static String diagnose(String command) throws Exception {
        return (String)
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                command,
                                new Object[0],
                                new String[0]);
    }

    private static List<Moment> walk() {
        SyntheticCamera camera = new SyntheticCamera(320, 240, 10, 3);
        List<Moment> frames = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            frames.add(new Moment(i, camera.frame(5 * i, 90, 20, 60, 60).i420()));
        }
        return frames;
    }

    /** A frame that hands out its buffer itself, as a pool does, so that nothing is allocated. */
    private record Moment(long sequence, ByteBuffer i420) implements Frame {

        @Override
        public String camera() {
            return "c";
        }

        @Override
        public Instant capturedAt() {
            return SyntheticCamera.START.plusMillis(100 * sequence);
        }

        @Override
        public long completedNanos() {
            return 0;
        }

        @Override
        public int width() {
            return 320;
        }

        @Override
        public int height() {
            return 240;
        }
    }
}
