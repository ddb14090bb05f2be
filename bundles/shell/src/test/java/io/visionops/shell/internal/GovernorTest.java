package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.health.Governor;
import io.visionops.api.health.GovernorStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GovernorTest extends ShellTest {

    private static final GovernorStatus HOT =
            new GovernorStatus(
                    NOW,
                    true,
                    1,
                    "fewer frames of cameras of low priority",
                    NOW.minusSeconds(125),
                    "temperature 71.0 degrees, limit 70",
                    List.of(
                            new GovernorStatus.Input(
                                    "temperature",
                                    "degrees",
                                    OptionalDouble.of(71.04),
                                    65,
                                    70,
                                    OptionalDouble.of(75),
                                    OptionalDouble.of(71.04 / 70),
                                    GovernorStatus.Effect.LOWERS),
                            new GovernorStatus.Input(
                                    "queue",
                                    "percent",
                                    OptionalDouble.empty(),
                                    2,
                                    10,
                                    OptionalDouble.empty(),
                                    OptionalDouble.empty(),
                                    GovernorStatus.Effect.UNKNOWN)),
                    List.of(
                            new GovernorStatus.Request(
                                    "yard", 2, ServiceLevel.reduced(5), ServiceLevel.KEYFRAMES)));

    private void offer(Optional<GovernorStatus> status) {
        console.offer(Governor.class, () -> status);
    }

    @Test
    void theLevelItsReasonTheInputsAndWhoIsAskedAreShown() {
        offer(Optional.of(HOT));

        assertThat(console.run("governor"))
                .contains("level 1, fewer frames of cameras of low priority, since ")
                .contains("(2m 5s): temperature 71.0 degrees, limit 70")
                .containsPattern("temperature .*71.0 degrees .*65.0 .*70.0 .*75.0 .*asks for less")
                .containsPattern("queue .*- .*not known")
                .containsPattern("yard .*2 .*5 fps .*keyframes");
    }

    @Test
    void asJson() {
        offer(Optional.of(HOT));

        assertThat(console.run("governor --json"))
                .isEqualTo(
                        """
                        {"time":"2026-01-01T12:00:00.000Z","enabled":true,"level":1,\
                        "words":"fewer frames of cameras of low priority",\
                        "since":"2026-01-01T11:57:55.000Z",\
                        "reason":"temperature 71.0 degrees, limit 70",\
                        "inputs":[{"input":"temperature","unit":"degrees","value":71.0,\
                        "release":65.0,"throttle":70.0,"critical":75.0,"pressure":1.015,\
                        "effect":"lowers"},{"input":"queue","unit":"percent","value":null,\
                        "release":2.0,"throttle":10.0,"critical":null,"pressure":null,\
                        "effect":"unknown"}],\
                        "cameras":[{"camera":"yard","priority":2,"asked":"reduced","askedFps":5,\
                        "level":"keyframes","fps":null}]}
                        """);
    }

    @Test
    void statusNamesIt() {
        offer(Optional.of(HOT));

        assertThat(console.run("visionops:status --json"))
                .contains(
                        "governor: fewer frames of cameras of low priority: temperature 71.0"
                                + " degrees, limit 70");
    }

    @Test
    void beforeItsFirstLookItSaysSo() {
        offer(Optional.empty());

        assertThat(console.fail("governor")).contains("has just been started");
    }

    @Test
    void withoutThePartItSaysSo() {
        assertThat(console.fail("governor")).contains("the governor is not available");
    }
}
