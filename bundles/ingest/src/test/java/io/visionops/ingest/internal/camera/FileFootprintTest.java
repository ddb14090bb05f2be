package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.visionops.api.camera.CameraState;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What cameras that are files take of this process, and leave in it. */
@Isolated
class FileFootprintTest extends FileRig {

    @Test
    void aFrameAllocatesNextToNothing() throws Exception {
        Path longer = Media.clip(folder, 320, 180, 25, 500);
        FrameLease queue = asap(longer, 25);

        take(queue, 100);
        long before = allocatedByReader();
        take(queue, 300);
        long perFrame = (allocatedByReader() - before) / 300;

        assertThat(perFrame).isLessThan(1024);
    }

    private static void take(FrameLease queue, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            queue.settle(queue.take(PATIENCE).orElseThrow(), FrameOutcome.ANALYSED);
        }
    }

    private static long allocatedByReader() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("visionops-ingest-camera-front")) {
                return threads.getThreadAllocatedBytes(thread.getId());
            }
        }
        throw new IllegalStateException("no reader");
    }

    @Test
    void noThreadIsLeftWhenAllIsClosed() {
        rig.configure("front", "url", "file:" + clip, "loop", "true");
        rig.configure("absent", "url", "file:/nowhere.mp4");
        rig.configure("slow", "url", "file:" + clip, "loop", "true", "pace", "asap");
        rig.awaitState("front", CameraState.STREAMING);
        rig.awaitState("slow", CameraState.STREAMING);

        assertThat(rig.registry.close(Duration.ofSeconds(2))).isTrue();
        rig.context.reachability().close();

        Rig.soon()
                .until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .noneMatch(
                                                one ->
                                                        one.getName()
                                                                .startsWith("visionops-ingest")));
    }
}
