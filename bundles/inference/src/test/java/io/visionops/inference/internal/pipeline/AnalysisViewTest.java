package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.visionops.api.detect.DetectorException;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What meters and checks see of analyses with real threads. */
class AnalysisViewTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final FakeCamera front = new FakeCamera(FakeCamera.settings("front"));
    private final CountDownLatch never = new CountDownLatch(1);
    @TempDir Path folder;
    private CameraAnalyses analyses;

    @BeforeEach
    void start() {
        analyses =
                new CameraAnalyses(
                        "auto",
                        false,
                        any -> new OpenGate(),
                        Clock.systemUTC(),
                        clock,
                        Duration.ofMillis(10),
                        folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        never.countDown();
        analyses.close();
    }

    private AnalysisView view() {
        return analyses.views().get(0);
    }

    private void offer(int count) {
        for (int i = 1; i <= count; i++) {
            front.frames().offer(frame(i));
        }
    }

    private static FakeFrame frame(int sequence) {
        return FakeFrame.blank("front", sequence, START.plusMillis(100L * sequence));
    }

    @Test
    void aDetectorThatHangsIsSeenByTheAgeOfTheLastRound() {
        CountDownLatch called = new CountDownLatch(1);
        analyses.addDetector(
                FakeDetector.persons(
                        "model",
                        1,
                        frame -> {
                            called.countDown();
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return List.of();
                        }));
        analyses.addCamera(front);
        offer(1);
        await().until(() -> called.getCount() == 0);
        clock.advance(Duration.ofSeconds(70));

        assertThat(view().idle()).isEqualTo(Duration.ofSeconds(70));
        assertThat(view().camera()).isEqualTo("front");
    }

    @Test
    void aDetectorThatFailsIsCountedAndNamedWhileItHasAPause() {
        analyses.addDetector(
                FakeDetector.persons(
                        "model",
                        1,
                        frame -> {
                            throw new DetectorException("no");
                        }));
        analyses.addCamera(front);
        offer(3);

        await().until(() -> view().passedOver().contains("model"));
        assertThat(
                        analyses.figures()
                                .totals()
                                .get("visionops.inference.failures", "front", "model"))
                .isEqualTo(3);
    }

    @Test
    void whatIsCountedGoesOnAfterASwap() throws Exception {
        analyses.figures().crossed("front", "door", "person", "in");
        analyses.close();
        start();
        analyses.figures().crossed("front", "door", "person", "in");

        assertThat(
                        analyses.figures()
                                .totals()
                                .get("visionops.line.crossings", "front", "door", "person", "in"))
                .isEqualTo(2);
    }

    @Test
    void callsAreTimedByCameraAndDetector() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        analyses.figures().calls().bindTo(registry);
        analyses.addDetector(FakeDetector.persons("model", 1, frame -> List.of()));
        analyses.addCamera(front);
        offer(2);

        await().until(() -> front.frames().settled() == 2);
        assertThat(
                        registry.get("visionops.inference.duration")
                                .tags("camera", "front", "detector", "model")
                                .timer()
                                .count())
                .isEqualTo(2);
    }

    @Test
    void aDetectorThatIsReplacedIsOpenedAnew() throws Exception {
        FakeDetector model = FakeDetector.persons("model", 1, frame -> List.of());
        analyses.addDetector(model);
        analyses.addCamera(front);
        await().until(() -> model.openSessions() == 1);

        assertThat(analyses.replaceDetector("model")).isTrue();

        await().atMost(10, TimeUnit.SECONDS).until(() -> model.openedSessions() == 2);
        assertThat(analyses.replaceDetector("other")).isFalse();
    }
}
