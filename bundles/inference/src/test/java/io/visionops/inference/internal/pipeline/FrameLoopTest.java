package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.detect.DetectorException;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.frame.LeaseException;
import io.visionops.inference.internal.detector.DetectorBinding;
import io.visionops.inference.internal.detector.DetectorRegistry;
import io.visionops.inference.internal.detector.HungCalls;
import io.visionops.inference.internal.handover.AnalysisCheckpoints;
import io.visionops.inference.internal.handover.CameraCheckpoints;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.InMemoryCheckpoints;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the thread of the test; the script of the detector, or the gate, ends the loop. */
class FrameLoopTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(1));
    private final FakeCamera camera = new FakeCamera(FakeCamera.settings("front"));
    private final DetectorRegistry detectors = new DetectorRegistry("auto");
    private final AnalysisCheckpoints memories = new AnalysisCheckpoints(clock, Duration.ZERO);
    private final Breakers breakers = new Breakers("inference", clock);
    private final AnalysisFigures figures = new AnalysisFigures();
    private final DetectorBinding binding =
            new DetectorBinding(
                    camera.settings(),
                    detectors,
                    () -> false,
                    breakers,
                    new HungCalls(),
                    (severity, words) -> {},
                    clock,
                    clock);
    private final AnalysisContext tools =
            new AnalysisContext(
                    ids,
                    new JournalBuffer(clock, ids, 10_000, 32 << 20),
                    memories,
                    detectors,
                    breakers,
                    new HungCalls(),
                    settings -> new FailingGate(),
                    clock,
                    clock,
                    false,
                    figures);
    private final FramePipeline pipeline =
            new FramePipeline(camera.settings(), binding, tools, Optional.empty());
    private final CameraCheckpoints checkpoints = new CameraCheckpoints("front", memories, clock);
    private final StoppableThread thread = new StoppableThread("visionops-test", () -> {});
    private final FrameLoop loop =
            new FrameLoop(
                    camera,
                    binding,
                    new AnalysisFaults(camera, detectors, binding, pipeline::status, clock),
                    checkpoints,
                    thread,
                    figures,
                    clock);

    @AfterEach
    void close() {
        loop.close();
        binding.close();
    }

    @Test
    void everyFrameIsSettledUntilTheStopAndThoseBehindItWait() throws InterruptedException {
        detect(
                frame -> {
                    stopAt(3, frame);
                    return List.of();
                });
        offer(5);

        loop.run(pipeline);

        assertOutcomes(FrameOutcome.ANALYSED, FrameOutcome.ANALYSED, FrameOutcome.ANALYSED);
        assertThat(camera.frames().counts().waiting()).isEqualTo(2);
        assertThat(camera.analysisFaults()).containsExactly(Optional.empty());
    }

    @Test
    void aFrameOnWhichTheDetectorFailsIsCountedAndNotAnalysed() throws InterruptedException {
        detect(
                frame -> {
                    stopAt(3, frame);
                    if (frame.sequence() == 2) {
                        throw new DetectorException("by the test");
                    }
                    return List.of();
                });
        offer(3);

        loop.run(pipeline);

        assertOutcomes(FrameOutcome.ANALYSED, FrameOutcome.FAILED, FrameOutcome.ANALYSED);
        assertThat(figures.totals().get("visionops.inference.failures", "front", "model"))
                .isEqualTo(1);
    }

    @Test
    void aFailureAfterTheRequestToStopIsNone() throws InterruptedException {
        detect(
                frame -> {
                    stopAt(1, frame);
                    throw new DetectorException("interrupted");
                });
        offer(1);

        loop.run(pipeline);

        assertOutcomes(FrameOutcome.ABANDONED);
        assertThat(figures.totals().get("visionops.inference.failures", "front", "model")).isZero();
    }

    @Test
    void whatAThreadThatWasGivenUpFindsIsNotUsed() throws InterruptedException {
        detect(
                frame -> {
                    thread.abandon();
                    stopAt(1, frame);
                    return List.of();
                });
        offer(1);

        loop.run(pipeline);

        assertOutcomes(FrameOutcome.ABANDONED);
        assertThat(pipeline.memory()).isEmpty();
    }

    @Test
    void aFaultOfOurOwnCostsTheFrameAndNotTheLoop() throws InterruptedException {
        detectors.add(new FakeDetector("model", 1, Set.of("person"), true, frame -> List.of()));
        offer(2);

        loop.run(pipeline);

        assertOutcomes(FrameOutcome.FAILED, FrameOutcome.FAILED);
    }

    @Test
    void aCheckpointThatIsAskedForIsSavedBetweenTwoFrames() throws InterruptedException {
        InMemoryCheckpoints database = new InMemoryCheckpoints();
        memories.connect(database);
        CompletableFuture<Boolean> asked = checkpoints.request();
        detect(
                frame -> {
                    stopAt(2, frame);
                    return List.of();
                });
        offer(2);

        loop.run(pipeline);

        assertThat(asked).isCompletedWithValue(true);
        assertThat(database.history()).hasSize(1);
    }

    @Test
    void theFramesAreLeasedUntilTheEnd() throws Exception {
        detect(
                frame -> {
                    stopAt(1, frame);
                    return List.of();
                });
        offer(1);
        loop.run(pipeline);
        assertThatThrownBy(camera::leaseFrames).isInstanceOf(LeaseException.class);

        loop.close();

        assertThatCode(camera::leaseFrames).doesNotThrowAnyException();
    }

    @Test
    void idleIsHowLongTheThreadHasNotComeBy() throws InterruptedException {
        clock.advance(Duration.ofSeconds(7));
        assertThat(loop.idle()).isEqualTo(Duration.ofSeconds(7));
        detect(
                frame -> {
                    clock.advance(Duration.ofSeconds(2));
                    stopAt(1, frame);
                    return List.of();
                });
        offer(1);

        loop.run(pipeline);

        assertThat(loop.idle()).isEqualTo(Duration.ofSeconds(2));
    }

    private void detect(FakeDetector.Script script) {
        detectors.add(FakeDetector.persons("model", 1, script));
    }

    private void stopAt(long sequence, Frame frame) {
        if (frame.sequence() == sequence) {
            thread.requestStop();
        }
    }

    private void offer(int frames) {
        for (int sequence = 1; sequence <= frames; sequence++) {
            camera.frames()
                    .offer(FakeFrame.blank("front", sequence, START.plusMillis(100L * sequence)));
        }
    }

    private void assertOutcomes(FrameOutcome... outcomes) {
        for (int i = 0; i < outcomes.length; i++) {
            assertThat(camera.frames().outcomes(i + 1)).containsExactly(outcomes[i]);
        }
        assertThat(camera.frames().settled()).isEqualTo(outcomes.length);
    }

    /** Fails on every frame, and on the second one it tells the loop to stop. */
    private final class FailingGate implements Gate {

        @Override
        public boolean moves(Frame frame) {
            stopAt(2, frame);
            throw new IllegalStateException("by the test");
        }

        @Override
        public void close() {}
    }
}
