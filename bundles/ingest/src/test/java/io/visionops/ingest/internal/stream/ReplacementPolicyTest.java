package io.visionops.ingest.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.journal.Event;
import io.visionops.api.subject.Actor;
import io.visionops.ingest.internal.camera.FileRig;
import io.visionops.ingest.internal.camera.Rig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** One decoder takes the place of another while frames flow. */
@Tag("slow")
@Isolated
class ReplacementPolicyTest extends FileRig {

    private String[] settings(String... more) {
        Map<String, String> all = new TreeMap<>();
        all.put("url", "file:" + clip);
        all.put("loop", "true");
        all.put("detect.fps", String.valueOf(FPS));
        all.put("detect.width", "320");
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all.entrySet().stream()
                .flatMap(one -> Stream.of(one.getKey(), one.getValue()))
                .toArray(String[]::new);
    }

    private Camera streaming() {
        rig.configure("front", settings());
        rig.awaitState("front", CameraState.STREAMING);
        return rig.camera("front");
    }

    /** Takes every frame until it is closed, and keeps when each was complete. */
    private static final class Consumer implements AutoCloseable {
        private final List<Long> sequences = new ArrayList<>();
        private final List<Long> completed = new ArrayList<>();
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Thread thread;

        Consumer(FrameLease queue) {
            thread = new Thread(() -> run(queue), "test-consumer");
            thread.start();
        }

        private void run(FrameLease queue) {
            try {
                while (!stop.get()) {
                    Optional<Frame> next = queue.take(Duration.ofMillis(100));
                    if (next.isPresent()) {
                        sequences.add(next.get().sequence());
                        completed.add(next.get().completedNanos());
                        queue.settle(next.get(), FrameOutcome.ANALYSED);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /**
         * How many frames are missing for the time from the first to the last. A machine that is
         * busy makes them late, but a gap of two frame times makes one missing for ever.
         */
        long missing() {
            long nanos = completed.get(completed.size() - 1) - completed.get(0);
            return Math.round(nanos * FPS / 1e9) + 1 - completed.size();
        }

        @Override
        public void close() throws InterruptedException {
            stop.set(true);
            thread.join();
        }
    }

    @Test
    void aRenewalLeavesNoGapAndDoublesNoFrame() throws Exception {
        Camera camera = streaming();
        Consumer consumer = new Consumer(rig.frames("front"));
        int events = rig.journal.events().size();

        for (int i = 0; i < 3; i++) {
            long before = camera.connection().orElseThrow().process().pid();
            camera.renew(Rig.ADMIN);
            Rig.soon().until(() -> camera.connection().orElseThrow().process().pid() != before);
            Rig.soon().until(() -> rig.pids().size() == 1);
        }
        consumer.close();

        assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
        assertThat(camera.status().reconnects()).isZero();
        assertThat(rig.journal.events()).hasSize(events);
        assertThat(consumer.missing()).isLessThan(3 + 2);
        assertThat(consumer.sequences).isSorted().doesNotHaveDuplicates();
        long first = consumer.sequences.get(0);
        long last = consumer.sequences.get(consumer.sequences.size() - 1);
        assertThat(consumer.sequences).hasSize((int) (last - first + 1));
    }

    private static LevelRequest request(ServiceLevel level) {
        return new LevelRequest(Actor.user("anna"), level, "heat");
    }

    @Test
    void aPausedCameraHasNoDecoderAlsoAfterASwapAndConnectsWhenItIsResumed() {
        Camera camera = streaming();
        LevelRequest fewer =
                new LevelRequest(Actor.part("governor"), ServiceLevel.reduced(2), "memory");
        camera.request(fewer);
        camera.request(request(ServiceLevel.PAUSED));

        assertThat(camera.level()).isEqualTo(ServiceLevel.PAUSED);
        assertThat(camera.requests()).containsExactly(request(ServiceLevel.PAUSED), fewer);
        assertThat(camera.status().state()).isEqualTo(CameraState.IDLE);
        assertThat(camera.status().fault()).hasValue(new Fault(Cause.PAUSED, "by user/anna: heat"));
        Rig.soon().until(() -> rig.pids().isEmpty());
        camera.reconnect(Rig.ADMIN);
        camera.renew(Rig.ADMIN);

        rig.swap();
        rig.configure("front", settings());
        Camera next = rig.camera("front");
        assertThat(next.status().state()).isEqualTo(CameraState.IDLE);
        assertThat(next.requests()).containsExactly(request(ServiceLevel.PAUSED), fewer);
        rig.configure("front", settings("priority", "9", "detect.width", "160"));
        Rig.soon().until(() -> rig.camera("front").settings().priority() == 9);
        assertThat(rig.camera("front").status().state()).isEqualTo(CameraState.IDLE);
        assertThat(rig.pids()).isEmpty();

        rig.camera("front").request(request(ServiceLevel.FULL));
        rig.awaitState("front", CameraState.STREAMING);
        awaitLevel(ServiceLevel.reduced(2));

        assertThat(rig.journal.events())
                .filteredOn(event -> event.type().equals(Event.Type.LEVEL_CHANGED))
                .extracting(event -> event.severity() + " " + event.detail())
                .containsExactly(
                        "INFO 2 frames a second instead of everything, asked by part/governor:"
                                + " memory",
                        "WARNING nothing instead of 2 frames a second, asked by user/anna: heat",
                        "INFO 2 frames a second instead of nothing, asked by user/anna: heat; left"
                                + " is part/governor: memory");
    }

    @Test
    void aFileThatIsReadOnceTakesRequestsAndIsNotTouched() {
        rig.configure("front", "url", "file:" + clip, "detect.fps", "10", "detect.width", "320");
        Camera camera = rig.camera("front");

        camera.request(request(ServiceLevel.PAUSED));

        assertThat(camera.level()).isEqualTo(ServiceLevel.FULL);
        assertThat(camera.requests()).containsExactly(request(ServiceLevel.PAUSED));
        rig.awaitState("front", CameraState.IDLE);
        assertThat(camera.status().fault().orElseThrow().cause()).isEqualTo(Cause.END_OF_STREAM);
    }

    @Test
    void motionOnlyDecodesKeyFrames() {
        Camera camera = streaming();

        camera.request(request(ServiceLevel.MOTION_ONLY));

        awaitLevel(ServiceLevel.KEYFRAMES);
        assertThat(camera.level()).isEqualTo(ServiceLevel.MOTION_ONLY);
    }

    @Test
    void theServiceLevelChangesWhatIsDecodedAndSurvivesASwap() throws Exception {
        Camera camera = streaming();

        camera.request(request(ServiceLevel.reduced(2)));
        awaitLevel(ServiceLevel.reduced(2));
        Rig.soon().until(() -> camera.status().fps() < 3);
        assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
        long pid = camera.connection().orElseThrow().process().pid();

        rig.swap();
        streaming();
        assertThat(rig.camera("front").connection().orElseThrow().process().pid()).isEqualTo(pid);

        rig.camera("front").request(request(ServiceLevel.KEYFRAMES));
        awaitLevel(ServiceLevel.KEYFRAMES);
        Rig.soon().until(() -> rig.camera("front").status().fps() < 1.5);

        rig.camera("front").request(request(ServiceLevel.FULL));
        Rig.soon().until(() -> rig.camera("front").status().fps() > 8);
        assertThat(rig.camera("front").status().reconnects()).isZero();
        assertThat(rig.camera("front").status().state()).isEqualTo(CameraState.STREAMING);
    }

    private void awaitLevel(ServiceLevel level) {
        Rig.soon()
                .until(
                        () ->
                                rig.camera("front")
                                        .connection()
                                        .filter(one -> one.level().equals(level))
                                        .isPresent());
    }

    @Test
    void fromAFallbackItGoesBackToTheFirstAddressWithoutAGap() throws Exception {
        Path first = folder.resolve("first.mp4");
        rig.configure(
                "front",
                "url",
                "file:" + first,
                "fallback.urls",
                "file:" + clip,
                "loop",
                "true",
                "detect.fps",
                String.valueOf(FPS),
                "detect.width",
                "320",
                "reconnect.initial",
                "100ms",
                "reconnect.probe",
                "1s");
        rig.awaitState("front", CameraState.STREAMING);
        Camera camera = rig.camera("front");
        assertThat(camera.status().maskedUrl()).endsWith(clip.toString());
        assertThat(camera.connection().orElseThrow().address()).isEqualTo(1);
        Consumer consumer = new Consumer(rig.frames("front"));

        Files.copy(clip, folder.resolve("first.tmp"));
        Files.move(folder.resolve("first.tmp"), first);

        Rig.soon().until(() -> camera.connection().orElseThrow().address() == 0);
        Rig.soon().until(() -> rig.pids().size() == 1);
        consumer.close();
        assertThat(camera.status().maskedUrl()).endsWith("first.mp4");
        assertThat(camera.status().reconnects()).isEqualTo(1);
        assertThat(consumer.missing()).isLessThan(1 + 2);
        assertThat(rig.journal.events())
                .extracting(Event::detail)
                .contains("STREAMING: now from the first address");
    }

    @Test
    void aDecoderThatUsesTooMuchMemoryIsReplacedAndThenLeftAloneForAWhile() {
        Camera camera = streaming();
        long before = camera.connection().orElseThrow().process().pid();
        rig.limitMemory(1_000_000);

        Rig.soon().until(() -> camera.connection().orElseThrow().process().pid() != before);
        long after = camera.connection().orElseThrow().process().pid();

        Rig.soon().until(() -> camera.connection().orElseThrow().memory() > 1_000_000);
        assertThat(camera.connection().orElseThrow().process().pid()).isEqualTo(after);
        assertThat(camera.status().reconnects()).isZero();
    }

    @Test
    void aCameraThatIsRemovedDuringARenewalLeavesNothing() {
        Camera camera = streaming();
        camera.renew(Rig.ADMIN);
        Rig.soon().until(() -> rig.pids().size() == 2);

        rig.delete("front");

        Rig.soon().until(() -> rig.pids().isEmpty());
        Rig.soon()
                .until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .noneMatch(one -> one.getName().endsWith("-front")));
    }

    @Test
    void aSwapDuringARenewalGoesOnAndRenewsAgain() {
        Camera camera = streaming();
        long before = camera.connection().orElseThrow().process().pid();
        camera.renew(Rig.ADMIN);
        Rig.soon().until(() -> rig.pids().size() == 2);

        rig.swap();
        streaming();

        Rig.soon()
                .until(
                        () ->
                                rig.camera("front").connection().isPresent()
                                        && rig.camera("front").connection().get().process().pid()
                                                != before);
        assertThat(rig.camera("front").status().reconnects()).isZero();
    }
}
