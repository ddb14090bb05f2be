package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.detector.DetectorRegistry;
import io.visionops.inference.internal.detector.HungCalls;
import io.visionops.inference.internal.handover.AnalysisCheckpoints;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.InMemoryCheckpoints;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnalysisRegistryTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock = Clock.systemUTC();
    private final TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(1));
    private final DetectorRegistry detectors = new DetectorRegistry("auto");
    private final AnalysisCheckpoints memories = new AnalysisCheckpoints(clock, Duration.ZERO);
    private final InMemoryCheckpoints database = new InMemoryCheckpoints();
    private final AnalysisRegistry registry =
            new AnalysisRegistry(
                    new AnalysisContext(
                            ids,
                            new JournalBuffer(Ticker.system(), ids, 10_000, 32 << 20),
                            memories,
                            detectors,
                            new Breakers("inference", Ticker.system()),
                            new HungCalls(),
                            settings -> new OpenGate(),
                            clock,
                            Ticker.system(),
                            false,
                            new AnalysisFigures()));
    private final FakeCamera front = new FakeCamera(FakeCamera.settings("front"));
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() throws InterruptedException {
        never.countDown();
        registry.close(System.nanoTime());
    }

    @Test
    void aCameraIsAnalysedFromItsComingToItsGoing() throws InterruptedException {
        memories.connect(database);
        detectors.add(FakeDetector.persons("model", 1, frame -> List.of()));
        registry.add(front);
        assertThat(registry.all()).extracting(CameraAnalysis::name).containsExactly("front");
        CameraAnalysis analysis = registry.all().get(0);
        offer(1);
        await().until(() -> front.frames().settled() == 1);

        registry.remove(front);

        assertThat(registry.all()).isEmpty();
        assertThat(analysis.hasEnded()).isTrue();
        assertThat(front.frames().outcomes(1)).containsExactly(FrameOutcome.ANALYSED);
    }

    @Test
    void oneThatIsDisabledIsLeftAlone() {
        registry.add(new FakeCamera(disabled(front.settings())));

        assertThat(registry.all()).isEmpty();
    }

    @Test
    void anotherServiceOfTheSameNameEndsTheAnalysisBeforeIt() {
        registry.add(front);
        CameraAnalysis before = registry.all().get(0);

        registry.add(new FakeCamera(front.settings(), front.frames()));

        await().until(before::hasEnded);
        assertThat(registry.all()).hasSize(2);
    }

    @Test
    void whoGoesAndWasNeverThereIsNobody() throws InterruptedException {
        registry.remove(front);

        assertThat(registry.all()).isEmpty();
    }

    @Test
    void afterTheEndNoneIsStartedAndTheEndComesOnce() throws InterruptedException {
        memories.connect(database);
        detectors.add(FakeDetector.persons("model", 1, frame -> List.of()));
        registry.add(front);
        CameraAnalysis analysis = registry.all().get(0);
        offer(1);
        await().until(() -> front.frames().settled() == 1);

        assertThat(registry.close(System.nanoTime())).isTrue();

        assertThat(analysis.hasEnded()).isTrue();
        assertThat(database.latest("inference.front")).isPresent();
        registry.add(new FakeCamera(FakeCamera.settings("back")));
        assertThat(registry.all()).isEmpty();
        assertThat(registry.close(System.nanoTime())).isFalse();
    }

    @Test
    void oneWhoseDetectorDoesNotComeBackIsGivenUp() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        detectors.add(
                FakeDetector.persons(
                        "model",
                        1,
                        frame -> {
                            called.countDown();
                            awaitUninterruptibly();
                            return List.of();
                        }));
        registry.add(front);
        CameraAnalysis analysis = registry.all().get(0);
        offer(1);
        called.await();

        // All its limits are over already.
        registry.close(System.nanoTime() - Duration.ofSeconds(5).toNanos());

        never.countDown();
        await().until(analysis::hasEnded);
        assertThat(front.frames().outcomes(1)).containsExactly(FrameOutcome.ABANDONED);
        assertThat(memories.all()).isEmpty();
    }

    private void offer(int sequence) {
        front.frames().offer(FakeFrame.blank("front", sequence, START.plusMillis(sequence)));
    }

    private static CameraSettings disabled(CameraSettings settings) {
        return new CameraSettings(
                settings.name(),
                false,
                settings.priority(),
                settings.source(),
                settings.analysis(),
                settings.reconnect(),
                settings.picture());
    }

    private void awaitUninterruptibly() {
        boolean done = false;
        while (!done) {
            try {
                never.await();
                done = true;
            } catch (InterruptedException e) {
                // As a native call does.
            }
        }
    }
}
