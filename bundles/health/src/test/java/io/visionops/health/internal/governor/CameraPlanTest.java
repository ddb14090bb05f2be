package io.visionops.health.internal.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.subject.Actor;
import io.visionops.testkit.FakeCamera;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CameraPlanTest {

    private static List<CameraSettings> cameras(int... priorities) {
        return IntStream.range(0, priorities.length)
                .mapToObj(i -> TestCameras.settings("c" + i, priorities[i], 10))
                .toList();
    }

    /** As many digits as cameras: 1 for one that is among the low ones. */
    private static String low(int... priorities) {
        StringBuilder low = new StringBuilder();
        CameraPlan.of(GovernorLevel.FEWER_FRAMES_LOW, cameras(priorities))
                .values()
                .forEach(level -> low.append(level.equals(ServiceLevel.FULL) ? '0' : '1'));
        return low.toString();
    }

    @Test
    void theLowerHalfComesFirstAndThoseOfOnePriorityTogether() {
        assertThat(low(1, 9)).isEqualTo("10");
        assertThat(low(9, 1)).isEqualTo("01");
        assertThat(low(5)).isEqualTo("1");
        assertThat(low(5, 5)).isEqualTo("11");
        assertThat(low(5, 5, 5, 9)).isEqualTo("1110");
        assertThat(low(1, 5, 5, 5)).isEqualTo("1000");
        assertThat(low(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).isEqualTo("1111100000");
    }

    @Test
    void eachLevelLeavesOutNoLessThanTheOneBefore() {
        List<CameraSettings> cameras = cameras(1, 5, 9);
        for (GovernorLevel level : GovernorLevel.values()) {
            CameraPlan.of(level, cameras)
                    .forEach(
                            (name, asked) ->
                                    assertThat(asked)
                                            .isGreaterThanOrEqualTo(
                                                    CameraPlan.of(level.deeper(), cameras)
                                                            .get(name)));
        }
        assertThat(CameraPlan.of(GovernorLevel.PAUSED, cameras).values())
                .containsOnly(ServiceLevel.PAUSED);
    }

    @Test
    void fewerFramesAreHalfOfThoseThatAreSet() {
        assertThat(GovernorLevel.FEWER_FRAMES.of(true, 10)).isEqualTo(ServiceLevel.reduced(5));
        assertThat(GovernorLevel.FEWER_FRAMES.of(true, 5)).isEqualTo(ServiceLevel.reduced(2));
        assertThat(GovernorLevel.FEWER_FRAMES.of(true, 1)).isEqualTo(ServiceLevel.reduced(1));
    }

    @Test
    void aCameraThatIsDisabledIsNotAskedAndDoesNotCount() {
        CameraSettings off = TestCameras.disabled(TestCameras.settings("off", 1, 10));

        assertThat(
                        CameraPlan.of(
                                GovernorLevel.FEWER_FRAMES_LOW,
                                List.of(off, TestCameras.settings("on", 9, 10))))
                .containsOnlyKeys("on")
                .containsEntry("on", ServiceLevel.reduced(5));
    }

    @ParameterizedTest
    @EnumSource(GovernorLevel.class)
    void theLevelIsKnownAgainByTheRequestsThatStand(GovernorLevel level) {
        List<Camera> cameras = cameras(2, 8).stream().<Camera>map(FakeCamera::new).toList();
        CameraPlan.of(level, cameras.stream().map(Camera::settings).toList())
                .forEach(
                        (name, asked) ->
                                cameras.stream()
                                        .filter(one -> one.settings().name().equals(name))
                                        .forEach(
                                                one -> {
                                                    one.request(
                                                            new LevelRequest(
                                                                    CameraPlan.GOVERNOR,
                                                                    asked,
                                                                    "heat"));
                                                    one.request(
                                                            new LevelRequest(
                                                                    Actor.user("anna"),
                                                                    ServiceLevel.PAUSED,
                                                                    ""));
                                                }));

        assertThat(CameraPlan.levelOf(cameras)).isEqualTo(level);
    }
}
