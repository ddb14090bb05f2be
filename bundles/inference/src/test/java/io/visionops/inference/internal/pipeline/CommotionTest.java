package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.visionops.api.detect.Detection;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Fact;
import io.visionops.api.time.Ticker;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.FakeFrameQueue;
import io.visionops.testkit.InMemoryCheckpoints;
import io.visionops.testkit.RecordingJournal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Everything comes and goes at random while frames flow. */
class CommotionTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int FRAMES = 600;

    private final Random random = new Random(4);
    private final RecordingJournal journal = new RecordingJournal();
    private final InMemoryCheckpoints checkpoints = new InMemoryCheckpoints();
    private final FakeFrameQueue frames = new FakeFrameQueue();
    private final Deque<FakeDetector> detectors = new ArrayDeque<>();
    private CameraAnalyses analyses = fresh();
    private FakeCamera camera = again();
    private boolean connected = true;

    @Test
    void everyFrameHasOneOutcomeAndOneRecord() throws InterruptedException {
        addDetector();
        analyses.addCamera(camera);

        for (int sequence = 1; sequence <= FRAMES; sequence++) {
            frames.offer(FakeFrame.blank("front", sequence, START.plusMillis(100L * sequence)));
            if (sequence % 10 == 0) {
                disturb();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(5));
            }
        }
        if (detectors.isEmpty()) {
            addDetector();
        }
        await().atMost(60, TimeUnit.SECONDS).until(() -> frames.settled() == FRAMES);
        reconnect();
        analyses.close();

        List<Long> analysed = new ArrayList<>();
        for (long sequence = 1; sequence <= FRAMES; sequence++) {
            assertThat(frames.outcomes(sequence)).as("frame %s", sequence).hasSize(1);
            if (frames.outcomes(sequence).get(0) == FrameOutcome.ANALYSED) {
                analysed.add(sequence);
            }
        }
        assertThat(analysed).hasSizeGreaterThan(FRAMES / 2);
        List<Long> recorded =
                journal.facts(Fact.Tracks.class).stream().map(Fact.Tracks::frame).toList();
        assertThat(recorded).isSorted().doesNotHaveDuplicates();
        assertThat(analysed).containsAll(recorded);
        assertThat(recorded).hasSizeGreaterThan(analysed.size() - 20);
        assertThat(detectors).allMatch(detector -> detector.openSessions() == 0);
    }

    private void disturb() throws InterruptedException {
        switch (random.nextInt(6)) {
            case 0 -> addDetector();
            case 1 -> {
                if (!detectors.isEmpty()) {
                    FakeDetector leaving = detectors.remove();
                    analyses.removeDetector(leaving);
                    assertThat(leaving.openSessions()).isZero();
                }
            }
            case 2 -> {
                analyses.removeCamera(camera);
                camera = again();
                analyses.addCamera(camera);
            }
            case 3 -> {
                FakeCamera old = camera;
                camera = again();
                analyses.addCamera(camera);
                analyses.removeCamera(old);
            }
            case 4 -> {
                if (connected) {
                    analyses.unsetJournal(journal);
                    connected = false;
                } else {
                    reconnect();
                }
            }
            default -> {
                // A part that stops while the journal is away has nowhere to put what it knows.
                reconnect();
                analyses.close();
                analyses = fresh();
                detectors.forEach(analyses::addDetector);
                analyses.addCamera(camera);
            }
        }
    }

    private void reconnect() {
        connected = true;
        analyses.setJournal(journal);
    }

    private CameraAnalyses fresh() {
        CameraAnalyses next =
                new CameraAnalyses(
                        "auto",
                        false,
                        any -> new OpenGate(),
                        Clock.systemUTC(),
                        Ticker.system(),
                        Duration.ZERO,
                        null);
        next.setCheckpoints(checkpoints);
        next.setJournal(journal);
        return next;
    }

    private FakeCamera again() {
        return new FakeCamera(FakeCamera.settings("front"), frames);
    }

    private void addDetector() {
        FakeDetector detector =
                FakeDetector.persons(
                        "model",
                        random.nextInt(5),
                        frame -> {
                            if (frame.sequence() % 17 == 0) {
                                throw new DetectorException("no");
                            }
                            return List.of(
                                    new Detection("person", 0.9, new Box(0.4, 0.4, 0.5, 0.6)));
                        });
        detectors.add(detector);
        analyses.addDetector(detector);
    }
}
