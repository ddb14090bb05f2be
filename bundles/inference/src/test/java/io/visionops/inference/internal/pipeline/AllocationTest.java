package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.visionops.api.detect.Detector;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.InMemoryCheckpoints;
import io.visionops.testkit.RecordingJournal;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a frame of a quiet scene costs on the heap, on the two threads that analyse it. */
@Isolated
class AllocationTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<String> THREADS =
            Set.of("visionops-inference-front", "visionops-inference-detect-front");

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int WARM_UP = 300;
    private static final int FRAMES = 1000;

    private final FakeCamera camera = new FakeCamera(FakeCamera.settings("front"));
    private final List<ByteBuffer> pictures = new Random(1).ints(8).mapToObj(this::noisy).toList();
    private final CameraAnalyses analyses =
            new CameraAnalyses(
                    "auto",
                    true,
                    BackgroundGate::new,
                    Clock.systemUTC(),
                    Ticker.system(),
                    Duration.ZERO,
                    null);

    @AfterEach
    void stop() throws InterruptedException {
        analyses.close();
    }

    @Test
    void aQuietFrameCostsLittleWithTheMotionDetector() {
        assertThat(bytesPerFrame(new MotionDetector())).isLessThan(1024);

        assertThat(camera.frames().counts().analysed()).isEqualTo(WARM_UP + FRAMES);
    }

    @Test
    void aQuietFrameCostsLittleWithADetectorThatIsGated() {
        FakeDetector model =
                new FakeDetector("model", 1, Set.of("person"), true, frame -> List.of());

        assertThat(bytesPerFrame(model)).isLessThan(1024);

        assertThat(camera.frames().outcomes(WARM_UP + 1)).containsExactly(FrameOutcome.GATED);
        assertThat(model.calls()).isLessThan(WARM_UP);
    }

    private long bytesPerFrame(Detector detector) {
        analyses.setJournal(new RecordingJournal());
        analyses.setCheckpoints(new InMemoryCheckpoints());
        analyses.addDetector(detector);
        analyses.addCamera(camera);
        offer(1, WARM_UP);
        long before = allocated();
        offer(WARM_UP + 1, WARM_UP + FRAMES);
        return (allocated() - before) / FRAMES;
    }

    private void offer(int first, int last) {
        for (int sequence = first; sequence <= last; sequence++) {
            camera.frames()
                    .offer(
                            new FakeFrame(
                                    "front",
                                    sequence,
                                    START.plusMillis(100L * sequence),
                                    System.nanoTime(),
                                    WIDTH,
                                    HEIGHT,
                                    pictures.get(sequence % pictures.size())));
        }
        await().atMost(60, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(() -> camera.frames().settled() == last);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> THREADS.contains(thread.getName()))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    /** An even picture with a sensor's noise. */
    private ByteBuffer noisy(int seed) {
        byte[] planes = FakeFrame.grey(WIDTH, HEIGHT);
        Random random = new Random(seed);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            planes[i] += (byte) Math.round(random.nextGaussian() * 2);
        }
        return FakeFrame.of("front", 1, START, WIDTH, HEIGHT, planes).i420();
    }
}
