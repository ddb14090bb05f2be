package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraState;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What the frames of a camera on the network are like while its decoders are replaced. */
@Tag("slow")
@Isolated
class RenewalGapTest extends NetworkRig {

    private static final Duration FRAME_TIME = Duration.ofMillis(200);
    private static final int RENEWALS = 5;

    /** A frame as its consumer has it. */
    private record Seen(long sequence, Instant at) {}

    private static Thread consumer(FrameLease queue, List<Seen> seen, AtomicBoolean stop) {
        return new Thread(
                () -> {
                    try {
                        while (!stop.get()) {
                            Optional<Frame> next = queue.take(Duration.ofMillis(100));
                            if (next.isPresent()) {
                                Frame frame = next.get();
                                seen.add(new Seen(frame.sequence(), frame.capturedAt()));
                                queue.settle(frame, FrameOutcome.ANALYSED);
                            }
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "test-consumer");
    }

    @Test
    void noTwoFramesAreFurtherApartThanTwoFrameTimesAndNoMomentIsSeenTwice() throws Exception {
        rig.configure("front", "url", server.url("front"), "detect.fps", "5");
        rig.awaitState("front", CameraState.STREAMING);
        Camera camera = rig.camera("front");
        List<Seen> seen = new ArrayList<>();
        AtomicBoolean stop = new AtomicBoolean();
        Thread consumer = consumer(rig.frames("front"), seen, stop);
        consumer.start();
        Rig.soon().until(() -> camera.status().fps() > 4.5);
        Instant from = Instant.now();

        for (int i = 0; i < RENEWALS; i++) {
            long before = camera.connection().orElseThrow().process().pid();
            camera.renew(Rig.ADMIN);
            Rig.soon().until(() -> camera.connection().orElseThrow().process().pid() != before);
            Rig.soon().until(() -> rig.pids().size() == 1);
        }
        stop.set(true);
        consumer.join();

        assertThat(camera.status().reconnects()).isZero();
        List<Seen> during = seen.stream().filter(one -> one.at().isAfter(from)).toList();
        assertThat(during).hasSizeGreaterThan(5 * RENEWALS);
        for (int i = 1; i < during.size(); i++) {
            Seen one = during.get(i - 1);
            Seen next = during.get(i);
            assertThat(next.sequence()).isEqualTo(one.sequence() + 1);
            assertThat(Duration.between(one.at(), next.at()))
                    .as("%s to %s", one, next)
                    .isBetween(FRAME_TIME.dividedBy(2), FRAME_TIME.multipliedBy(2));
        }
    }
}
