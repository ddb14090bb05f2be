package io.visionops.health.internal.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Camera;
import io.visionops.testkit.FakeCamera;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameLossesTest {

    private final TestCameras.Counted frames = new TestCameras.Counted();
    private final List<Camera> cameras =
            List.of(new FakeCamera(TestCameras.settings("front", 5, 10), frames));
    private final FrameLosses losses = new FrameLosses();

    @Test
    void framesThatWereLateAreAShareOfThoseOfTheLastLooks() {
        assertThat(losses.look(cameras)).isEmpty();

        frames.set(90, 4, 6);
        assertThat(losses.look(cameras)).hasValue(10);
        for (int i = 1; i <= 7; i++) {
            frames.set(90 + 50L * i, 4, 6);
            losses.look(cameras);
        }
        assertThat(losses.look(cameras)).hasValue(0);
    }

    @Test
    void whereNothingIsAnalysedAtAllFewerFramesWouldNotHelp() {
        losses.look(cameras);

        frames.set(0, 0, 500);

        assertThat(losses.look(cameras)).isEmpty();
    }

    @Test
    void countsThatBeginAnewAreNoLoss() {
        frames.set(1000, 0, 100);
        losses.look(cameras);

        frames.set(10, 0, 0);

        assertThat(losses.look(cameras)).isEmpty();
    }
}
