package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2YUV_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.InMemoryCheckpoints;
import io.visionops.testkit.RecordingJournal;
import io.visionops.testkit.scene.Scene;
import io.visionops.testkit.scene.SceneRenderer;
import io.visionops.testkit.scene.Scenes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

/** Pictures of a walker in, one crossing in the journal out; nothing on the way is fake. */
class EndToEndTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RecordingJournal journal = new RecordingJournal();
    private final FakeCamera camera =
            new FakeCamera(FakeCamera.settings("front", List.of(Scenes.DOOR), List.of()));

    @Test
    void aWalkerWhoCrossesTheLineIsCountedOnce() throws InterruptedException {
        Scene scene = Scenes.oneWalker();
        CameraAnalyses analyses =
                new CameraAnalyses(
                        "auto",
                        true,
                        BackgroundGate::new,
                        Clock.systemUTC(),
                        Ticker.system(),
                        Duration.ZERO,
                        null);
        analyses.setJournal(journal);
        analyses.setCheckpoints(new InMemoryCheckpoints());
        analyses.addDetector(new MotionDetector());
        analyses.addCamera(camera);

        show(scene);
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> camera.frames().settled() == scene.frames());
        analyses.close();

        assertThat(journal.events()).hasSize(1);
        Event event = journal.events().get(0);
        assertThat(event.type()).isEqualTo(Event.Type.CROSSING);
        assertThat(event.line()).contains("door");
        assertThat(event.direction()).contains(Event.Direction.IN);
        assertThat(event.label()).contains("moving");
        assertThat(journal.facts(Fact.Crossing.class))
                .containsExactly(
                        new Fact.Crossing(
                                "front", event.time(), "door", "moving", Event.Direction.IN));
        assertThat(journal.facts(Fact.Snapshot.class)).hasSize(1);
        assertThat(
                        journal.facts(Fact.Watched.class).stream()
                                .map(Fact.Watched::length)
                                .reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofMillis((scene.frames() - 1) * 1000L / scene.fps()));
    }

    private void show(Scene scene) {
        SceneRenderer renderer = new SceneRenderer(scene);
        for (int frame = 0; frame < scene.frames(); frame++) {
            camera.frames()
                    .offer(
                            FakeFrame.of(
                                    "front",
                                    frame + 1,
                                    START.plusMillis(frame * 1000L / scene.fps()),
                                    scene.width(),
                                    scene.height(),
                                    i420(renderer.render(frame), scene)));
        }
    }

    private static byte[] i420(byte[] bgr, Scene scene) {
        byte[] planes = new byte[scene.width() * scene.height() * 3 / 2];
        try (BytePointer pixels = new BytePointer(bgr);
                Mat picture = new Mat(scene.height(), scene.width(), CV_8UC3, pixels);
                Mat converted = new Mat()) {
            cvtColor(picture, converted, COLOR_BGR2YUV_I420);
            converted.data().get(planes);
        }
        return planes;
    }
}
