package io.visionops.inference.internal.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Polygon;
import io.visionops.inference.internal.detector.SyntheticCamera;
import io.visionops.inference.internal.image.OpenCv;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class MotionGateTest {

    private static final int FPS = 5;

    private MotionGate gate = new MotionGate(List.of(), Duration.ofSeconds(2));

    @BeforeAll
    static void load() {
        OpenCv.load();
    }

    @AfterEach
    void close() {
        gate.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 2, 5, 10, 20})
    void sensorNoiseDoesNotOpenIt(double noise) {
        SyntheticCamera camera = new SyntheticCamera(640, 480, FPS, noise);
        settle(camera, 60);

        int open = 0;
        for (int i = 0; i < 300; i++) {
            if (gate.moving(camera.still())) {
                open++;
            }
        }

        assertThat(open).isZero();
    }

    /** Width, height, pixels a second, contrast in levels, noise. */
    @ParameterizedTest
    @CsvSource({
        "40,100,120,40,5", // somebody near
        "6,16,12,25,2", // far away and slow
        "6,16,40,20,5",
        "12,32,6,20,5", // creeping
        "40,100,60,5,2", // grey on grey
        "20,50,30,30,10", // at night
    })
    void whoeverWalksOpensItWithinASecond(int w, int h, int speed, int contrast, double noise) {
        SyntheticCamera camera = new SyntheticCamera(640, 480, FPS, noise);
        settle(camera, 60);

        int first = -1;
        int open = 0;
        for (int i = 0; i < 50; i++) {
            int x = (100 + speed * i / FPS) % 600;
            if (gate.moving(camera.frame(x, 200, w, h, contrast))) {
                open++;
                first = first < 0 ? i : first;
            }
        }

        assertThat(first).isBetween(0, FPS);
        assertThat(open).isGreaterThan(45);
    }

    @Test
    void itStaysOpenForTheHoldTimeAndNotLonger() {
        SyntheticCamera camera = new SyntheticCamera(640, 480, FPS, 2);
        settle(camera, 60);
        assertThat(gate.moving(camera.frame(100, 100, 40, 100, -60))).isTrue();

        int open = 0;
        while (gate.moving(camera.still())) {
            open++;
        }

        assertThat(open).isBetween(2 * FPS - 1, 3 * FPS);
    }

    @Test
    void motionUnderAMaskDoesNotOpenIt() {
        gate.close();
        Polygon leftHalf =
                new Polygon(
                        List.of(
                                new Point(0, 0),
                                new Point(0.5, 0),
                                new Point(0.5, 1),
                                new Point(0, 1)));
        gate = new MotionGate(List.of(leftHalf), Duration.ofSeconds(2));
        SyntheticCamera camera = new SyntheticCamera(640, 480, FPS, 2);
        settle(camera, 60);

        boolean underMask = false;
        for (int i = 0; i < 20; i++) {
            underMask |= gate.moving(camera.frame(20 + 10 * i, 200, 40, 100, -60));
        }

        assertThat(underMask).isFalse();
        assertThat(gate.moving(camera.frame(400, 200, 40, 100, -60))).isTrue();
    }

    @Test
    void aClockThatGoesBackOpensItForOnce() {
        SyntheticCamera late = new SyntheticCamera(640, 480, FPS, 2);
        settle(late, 60);
        gate.moving(late.frame(100, 100, 40, 100, -60));
        SyntheticCamera early = new SyntheticCamera(640, 480, FPS, 2);

        assertThat(gate.moving(early.still())).isTrue();
        for (int i = 0; i < 60; i++) {
            gate.moving(early.still());
        }
        assertThat(gate.moving(early.still())).isFalse();
    }

    private void settle(SyntheticCamera camera, int frames) {
        for (int i = 0; i < frames; i++) {
            gate.moving(camera.still());
        }
    }
}
