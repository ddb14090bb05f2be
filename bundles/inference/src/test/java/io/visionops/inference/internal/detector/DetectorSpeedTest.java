package io.visionops.inference.internal.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.inference.internal.onnx.OnnxDetector;
import io.visionops.inference.internal.onnx.OnnxModel;
import io.visionops.inference.internal.onnx.OnnxRuntime;
import io.visionops.inference.internal.track.SharedData;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeFrame;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What a call of YOLOX-nano costs for pictures of several shapes, in CPU time of the one thread
 * that it takes. Asked in turn, so that what else the machine does hits all of them.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = "visionops.speed", matches = "true")
class DetectorSpeedTest {

    private static final int CALLS = 300;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Test
    void wideAndSquarePictures() throws Exception {
        Path file = SharedData.file("models/yolox_nano.onnx");
        assumeTrue(Files.isReadable(file), () -> file + " is missing");
        Path natives = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));
        Map<Frame, long[]> times = new LinkedHashMap<>();
        for (int height : new int[] {640, 480, 360}) {
            times.put(picture(640, height), new long[CALLS]);
        }
        Semaphore turns = new Semaphore(1, true);
        try (OnnxModel model =
                        OnnxModel.open("yolox_nano", file, OnnxRuntime.start(natives), turns);
                DetectorSession session =
                        new OnnxDetector(model, 1, 1).open(FakeCamera.settings("c"))) {
            for (Frame frame : times.keySet()) {
                session.detect(frame);
            }
            for (int call = 0; call < CALLS; call++) {
                for (Map.Entry<Frame, long[]> one : times.entrySet()) {
                    long start = threads.getCurrentThreadCpuTime();
                    session.detect(one.getKey());
                    one.getValue()[call] = threads.getCurrentThreadCpuTime() - start;
                }
            }
        }
        times.values().forEach(Arrays::sort);
        times.forEach(
                (frame, nanos) ->
                        System.out.printf(
                                "| %dx%d | %.1f ms |%n",
                                frame.width(), frame.height(), nanos[CALLS / 2] / 1e6));
        long[][] all = times.values().toArray(new long[0][]);
        assertThat(all[2][CALLS / 2]).isLessThan(all[0][CALLS / 2] * 3 / 4);
    }

    private static Frame picture(int width, int height) {
        byte[] planes = FakeFrame.grey(width, height);
        new Random(1).nextBytes(planes);
        return FakeFrame.of("c", height, Instant.EPOCH, width, height, planes);
    }
}
