package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.scene.Scenes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Parts are swapped with Karaf's own commands while cameras stream, and nobody is lost by it. */
@Isolated
class HandoverIT {

    private static final List<String> CAMERAS = List.of("left", "right");
    private static final Duration CLIP = Duration.ofMinutes(5);

    /** The bar is a second on a computer at rest, which HandoverBench needs. */
    static final long LONGEST_GAP_MILLIS = 2500;

    /** Between two swaps, so that each is judged alone. */
    private static final long PAUSE_MILLIS = 1500;

    @Test
    void everyPartIsSwappedWhileCamerasStreamAndNoCrossingIsLostOrDoubled() throws Exception {
        Path clip = Clips.of(Scenes.procession(), CLIP);
        List<Swap> swaps = new ArrayList<>();
        try (RtspServer server = RtspServer.serving(clip);
                Instance instance = Instance.fresh("handover")) {
            instance.start().expect(0);
            for (String camera : CAMERAS) {
                Cameras.addProcession(instance, camera, server.url());
            }
            Cameras.awaitCrossings(instance, CAMERAS);
            List<Long> decoders = instance.decoderPids();

            for (Swap.Way way : Swap.Way.values()) {
                for (String part : List.of("ingest", "inference", "store", "shell")) {
                    swaps.add(Swap.of(instance, part, way, 1));
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
            swaps.add(all(instance, "bundle:restart %s %s %s"));
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            swaps.add(all(instance, "bundle:restart %s; bundle:restart %s; bundle:restart %s"));
            TimeUnit.SECONDS.sleep(2L * Scenes.PROCESSION_INTERVAL);

            assertThat(instance.decoderPids()).isEqualTo(decoders);
            instance.stop().expect(0);
            assertThatNothingWasLost(instance, swaps);
            assertThat(instance.log()).doesNotContain(" ERROR ");
        }
    }

    /** Three parts in one line of the shell. */
    private static Swap all(Instance instance, String line) throws Exception {
        Instant begun = Instant.now();
        instance.shell(
                        line.formatted(
                                "io.visionops.store",
                                "io.visionops.inference",
                                "io.visionops.ingest"))
                .expect(0);
        return new Swap("all three", Swap.Way.RESTART, begun, Instant.now());
    }

    private static void assertThatNothingWasLost(Instance instance, List<Swap> swaps)
            throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (String camera : CAMERAS) {
            ProcessionRecord record = ProcessionRecord.of(instance, camera);
            for (Swap swap : swaps) {
                Instant until = swap.ended().plusMillis(PAUSE_MILLIS);
                long gap = record.longestGap(swap.begun(), until);
                System.out.printf(
                        "%s, %s of %s: %d ms between frames, %d missed%n",
                        camera, swap.way(), swap.part(), gap, record.missed(swap.begun(), until));
                all.assertThat(gap)
                        .as("%s of %s: %s", swap.way(), swap.part(), camera)
                        .isLessThanOrEqualTo(LONGEST_GAP_MILLIS);
            }
            ProcessionRecord.Tally tally = record.tally();
            System.out.printf(
                    "%s: %s, at most %d ms behind the clock%n", camera, tally, record.behind());
            all.assertThat(tally.lost()).as("%s: lost in %s", camera, tally).isZero();
            all.assertThat(tally.doubled()).as("%s: doubled in %s", camera, tally).isZero();
            all.assertThat(tally.counted()).as("%s: %s", camera, tally).isEqualTo(tally.seen());
            all.assertThat(record.restarts()).as("%s: frames renumbered", camera).isZero();
        }
        all.assertAll();
    }
}
