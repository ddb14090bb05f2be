package io.visionops.inference.internal.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2YUV_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.inference.internal.track.Tracker;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.scene.Scene;
import io.visionops.testkit.scene.SceneRenderer;
import io.visionops.testkit.scene.Scenes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenes whose true counts are known, through the real motion detector, tracker and counter. */
@Tag("slow")
class SceneCountingTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static Stream<Arguments> scenes() {
        return Stream.of(
                        Scenes.oneWalker(),
                        Scenes.groups(),
                        Scenes.pillar(),
                        Scenes.demo(),
                        Scenes.standing(0.5, 30),
                        // So long that he is not remembered by the tracker any more.
                        Scenes.standing(0.48, 80),
                        Scenes.standing(0.49, 80))
                .flatMap(scene -> Stream.of(1, 2).map(step -> Arguments.of(scene, step)));
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void countsAreExact(Scene scene, int step) throws DetectorException {
        Scene.Crossings truth = scene.crossings(Scenes.DOOR);

        List<Event> events = run(scene, step);

        assertThat(events)
                .filteredOn(event -> event.direction().orElseThrow() == Direction.IN)
                .hasSize(truth.in());
        assertThat(events)
                .filteredOn(event -> event.direction().orElseThrow() == Direction.OUT)
                .hasSize(truth.out());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoeverSwaysOverTheLineAndGoesOnHasCrossedOnce(int step) throws DetectorException {
        assertThat(run(Scenes.swaying(), step))
                .extracting(event -> event.direction().orElseThrow())
                .containsExactly(Direction.IN);
    }

    private static List<Event> run(Scene scene, int step) throws DetectorException {
        double aspect = (double) scene.width() / scene.height();
        DetectionSettings analysis =
                new DetectionSettings(
                        scene.fps() / step,
                        scene.width(),
                        "motion",
                        Set.of(MotionDetector.LABEL),
                        0.5,
                        List.of(Scenes.DOOR),
                        List.of(),
                        List.of());
        Tracker tracker = new Tracker(analysis.minScore(), aspect);
        Counter counter = new Counter("court", analysis, aspect, UUID::randomUUID);
        SceneRenderer renderer = new SceneRenderer(scene);
        List<Event> events = new ArrayList<>();
        try (DetectorSession session =
                        new MotionDetector().open(FakeCamera.settings("court", analysis));
                Mat picture = new Mat(scene.height(), scene.width(), CV_8UC3);
                Mat planes = new Mat()) {
            byte[] bytes = new byte[scene.width() * scene.height() * 3 / 2];
            for (int frame = 0; frame < scene.frames(); frame += step) {
                picture.data().put(renderer.render(frame));
                cvtColor(picture, planes, COLOR_BGR2YUV_I420);
                planes.data().get(bytes);
                Instant time = START.plusMillis(1000L * frame / scene.fps());
                FakeFrame shown =
                        FakeFrame.of(
                                "court", frame + 1, time, scene.width(), scene.height(), bytes);
                double seconds = (double) step / scene.fps();
                events.addAll(
                        counter.update(
                                tracker.update(session.detect(shown), seconds, frame + 1),
                                seconds,
                                time));
            }
        }
        return events;
    }
}
