package io.visionops.inference.internal.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Polygon;
import io.visionops.inference.internal.detector.SyntheticCamera;
import io.visionops.inference.internal.image.OpenCv;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class MotionSessionTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;

    private MotionSession session = open(10);

    @BeforeAll
    static void load() {
        OpenCv.load();
    }

    @AfterEach
    void close() {
        session.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10, 25})
    void aWalkerIsFoundWhereItIsAtAnyRate(int fps) throws DetectorException {
        session.close();
        session = open(fps);
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, fps, 3);
        watch(camera, 6 * fps);

        for (int i = 0; i < 5 * fps; i++) {
            int x = 50 + 80 * i / fps;
            List<Detection> found = session.detect(camera.frame(x, 150, 30, 90, 60));

            assertThat(found).hasSize(1);
            assertThat(found.get(0).label()).isEqualTo("moving");
            assertThat(found.get(0).score()).isBetween(0.5, 1.0);
            assertThat(found.get(0).box().iou(box(x, 150, 30, 90))).isGreaterThan(0.8);
        }
    }

    @Test
    void anEmptyNoisySceneHasNoObjects() throws DetectorException {
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 6);

        for (int i = 0; i < 150; i++) {
            assertThat(session.detect(camera.still())).isEmpty();
        }
    }

    @Test
    void theLightGoingOnIsNoObjectAndIsForgottenWithinSeconds() throws DetectorException {
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 3);
        watch(camera, 100);

        camera.light(60);

        for (int i = 0; i < 20; i++) {
            assertThat(session.detect(camera.still())).isEmpty();
        }
        List<Detection> found = session.detect(camera.frame(300, 150, 30, 90, 60));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).box().iou(box(300, 150, 30, 90))).isGreaterThan(0.7);
    }

    @Test
    void lightThatFadesSlowlyIsNoObject() throws DetectorException {
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 3);
        watch(camera, 100);

        for (int i = 0; i < 300; i++) {
            camera.light(-i / 10);
            assertThat(session.detect(camera.still())).isEmpty();
        }
    }

    @Test
    void whoeverStopsIsKeptForSeconds() throws DetectorException {
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 3);
        watch(camera, 100);
        for (int i = 0; i < 20; i++) {
            session.detect(camera.frame(100 + 8 * i, 150, 30, 90, 60));
        }

        int seen = 0;
        for (int i = 0; i < 100; i++) {
            seen += session.detect(camera.frame(252, 150, 30, 90, 60)).size();
        }

        assertThat(seen).isGreaterThan(90);
    }

    @Test
    void whatIsPutDownAndNeverMovesBecomesBackground() throws DetectorException {
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 3);
        watch(camera, 100);
        for (int i = 0; i < 400; i++) {
            session.detect(camera.frame(252, 150, 30, 90, 60));
        }

        assertThat(session.detect(camera.frame(252, 150, 30, 90, 60))).isEmpty();
    }

    @Test
    void nothingIsFoundUnderAMask() throws DetectorException {
        session.close();
        Polygon left =
                new Polygon(
                        List.of(
                                new Point(0, 0),
                                new Point(0.5, 0),
                                new Point(0.5, 1),
                                new Point(0, 1)));
        session = open(10, left);
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 3);
        watch(camera, 100);

        for (int i = 0; i < 20; i++) {
            assertThat(session.detect(camera.frame(50 + 10 * i, 150, 30, 90, 60))).isEmpty();
        }
        assertThat(session.detect(camera.frame(450, 150, 30, 90, 60))).hasSize(1);
    }

    @Test
    void aHeadThatComesOffStaysWithItsBody() throws DetectorException {
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 3);
        watch(camera, 100);
        learnPersons(camera);

        List<Detection> found =
                session.detect(
                        camera.frame(
                                new int[] {300, 140, 30, 20, 60},
                                new int[] {300, 170, 30, 60, 60}));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).box().iou(box(300, 140, 30, 90))).isGreaterThan(0.8);
    }

    @Test
    void twoWhoTouchAreTwoOnceSizesAreKnown() throws DetectorException {
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 3);
        watch(camera, 100);
        learnPersons(camera);

        List<Detection> found =
                session.detect(
                        camera.frame(
                                new int[] {300, 150, 30, 90, 60},
                                new int[] {328, 158, 30, 90, 60}));

        assertThat(found).hasSize(2);
        assertThat(found)
                .anySatisfy(
                        one -> assertThat(one.box().iou(box(300, 150, 30, 90))).isGreaterThan(0.6))
                .anySatisfy(
                        one -> assertThat(one.box().iou(box(328, 158, 30, 90))).isGreaterThan(0.6));
    }

    @Test
    void aVanIsNotAGroupOfPeople() throws DetectorException {
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 3);
        watch(camera, 100);
        learnPersons(camera);

        List<Detection> found = session.detect(camera.frame(200, 140, 180, 100, 60));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).box().iou(box(200, 140, 180, 100))).isGreaterThan(0.8);
    }

    @Test
    void aCameraThatChangesItsPictureSizeIsLearnedAnew() throws DetectorException {
        watch(new SyntheticCamera(WIDTH, HEIGHT, 10, 3), 60);
        SyntheticCamera smaller = new SyntheticCamera(320, 240, 10, 3);
        watch(smaller, 60);

        List<Detection> found = session.detect(smaller.frame(100, 100, 20, 60, 60));

        assertThat(found).hasSize(1);
        Box box = found.get(0).box();
        assertThat(box.x1()).isCloseTo(100.0 / 320, Offset.offset(0.02));
        assertThat(box.y2()).isCloseTo(160.0 / 240, Offset.offset(0.02));
    }

    @Test
    void aSessionThatGoesOnFromAnotherSeesAtOnceWhatThatOneSaw() throws DetectorException {
        SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 3);
        watch(camera, 100);
        learnPersons(camera);
        for (int i = 0; i < 20; i++) {
            session.detect(camera.frame(100 + 8 * i, 150, 30, 90, 60));
        }

        byte[] learned = session.learned().orElseThrow();
        session.close();
        session = open(10);
        session.resume(learned);

        for (int i = 20; i < 40; i++) {
            List<Detection> found = session.detect(camera.frame(100 + 8 * i, 150, 30, 90, 60));
            assertThat(found).as("frame %d", i).hasSize(1);
            assertThat(found.get(0).box().iou(box(100 + 8 * i, 150, 30, 90))).isGreaterThan(0.75);
        }
        assertThat(
                        session.detect(
                                camera.frame(
                                        new int[] {300, 150, 30, 90, 60},
                                        new int[] {328, 158, 30, 90, 60})))
                .as("sizes of persons are known")
                .hasSize(2);
    }

    @Test
    void whatWasLearnedIsPassedOnWhenNoFrameCameSince() throws DetectorException {
        watch(new SyntheticCamera(WIDTH, HEIGHT, 10, 3), 60);
        byte[] learned = session.learned().orElseThrow();

        try (MotionSession without = open(10)) {
            assertThat(without.learned()).isEmpty();
            without.resume(learned);

            assertThat(without.learned()).contains(learned);
        }
    }

    @Test
    void whatWasLearnedOfAnotherPictureOrIsDamagedIsPassedOver() throws DetectorException {
        watch(new SyntheticCamera(320, 240, 10, 3), 60);
        byte[] ofAnother = session.learned().orElseThrow();
        session.close();

        for (byte[] document :
                List.of(ofAnother, new byte[0], Arrays.copyOf(ofAnother, 99), new byte[1000])) {
            session.close();
            session = open(10);
            session.resume(document);
            SyntheticCamera camera = new SyntheticCamera(WIDTH, HEIGHT, 10, 3);
            watch(camera, 60);

            assertThat(session.detect(camera.frame(100, 150, 30, 90, 60))).hasSize(1);
        }
    }

    private void watch(SyntheticCamera camera, int frames) throws DetectorException {
        for (int i = 0; i < frames; i++) {
            session.detect(camera.still());
        }
    }

    private void learnPersons(SyntheticCamera camera) throws DetectorException {
        for (int i = 0; i < 60; i++) {
            session.detect(camera.frame(20 + 9 * i, 150 + i / 6, 30, 90, 60));
        }
        watch(camera, 5);
    }

    private static Box box(int x, int y, int w, int h) {
        return new Box(
                (double) x / WIDTH,
                (double) y / HEIGHT,
                (double) (x + w) / WIDTH,
                (double) (y + h) / HEIGHT);
    }

    private static MotionSession open(int fps, Polygon... masks) {
        return new MotionSession(
                new DetectionSettings(
                        fps,
                        WIDTH,
                        "motion",
                        Set.of("moving"),
                        0.5,
                        List.of(),
                        List.of(),
                        List.of(masks)));
    }
}
