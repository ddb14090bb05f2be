package io.visionops.launcher.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.launcher.watchdog.Restart.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExitTest {

    private boolean trial;
    private boolean stoppedToo;
    private final List<String> asked = new ArrayList<>();

    private final Exit.Inquiry inquiry =
            new Exit.Inquiry() {
                @Override
                public boolean isReleaseOnTrial() {
                    asked.add("trial");
                    return trial;
                }

                @Override
                public boolean isWatchdogStoppedToo() {
                    asked.add("stopped");
                    return stoppedToo;
                }

                @Override
                public String logged(int status) {
                    asked.add("log");
                    return "line of " + status;
                }
            };

    @Test
    void whoWasAskedToStopHasStoppedHoweverItEnded() {
        assertThat(exit(1, true, "no heartbeat", "daily"))
                .isEqualTo(new Exit(What.STOPPED, "asked to stop", false));
        assertThat(exit(143, true, "", ""))
                .isEqualTo(new Exit(What.STOPPED, "asked to stop", true));
        assertThat(asked).isEmpty();
    }

    @Test
    void oneThatHungIsNoPlannedRestartAndHasNotEndedInOrder() {
        assertThat(exit(143, false, "no heartbeat for 15 s", "daily"))
                .isEqualTo(new Exit(What.HUNG, "no heartbeat for 15 s", false));
    }

    @Test
    void aRestartThatWasAskedForIsInOrderWhenTheMachineEndedSo() {
        assertThat(exit(143, false, "", "daily")).isEqualTo(new Exit(What.PLANNED, "daily", true));
        assertThat(exit(137, false, "", "daily")).isEqualTo(new Exit(What.PLANNED, "daily", false));
        assertThat(exit(10, false, "", ""))
                .isEqualTo(new Exit(What.PLANNED, "asked for in the shell", true));
    }

    @Test
    void aMachineThatEndsByItselfWasShutDownUnlessAReleaseIsOnTrial() {
        assertThat(exit(0, false, "", ""))
                .isEqualTo(new Exit(What.STOPPED, "it was shut down", true));

        trial = true;

        assertThat(exit(0, false, "", ""))
                .isEqualTo(
                        new Exit(
                                What.CRASHED,
                                "shut itself down while a release was on trial",
                                false));
    }

    @Test
    void aSignalToAllProcessesStopsAndOneToTheMachineAloneIsACrash() {
        assertThat(exit(143, false, "", ""))
                .isEqualTo(
                        new Exit(
                                What.CRASHED,
                                "ended by a signal that nobody here has sent",
                                false));

        stoppedToo = true;

        assertThat(exit(143, false, "", ""))
                .isEqualTo(new Exit(What.STOPPED, "it was shut down", true));
    }

    @Test
    void aCrashIsToldByItsStatusAndTheLogIsReadForOneThatSaysNothing() {
        assertThat(exit(137, false, "", "").reason()).startsWith("was killed, ");
        assertThat(exit(Exit.UNKNOWN, false, "", "").reason())
                .isEqualTo("ended, 42 s after it was found running");
        assertThat(asked).isEmpty();

        assertThat(exit(71, false, "", "").reason()).isEqualTo("ended with status 71: line of 71");
        assertThat(asked).containsExactly("log");
    }

    private Exit exit(int status, boolean stopping, String hung, String planned) {
        return Exit.of(
                new Exit.Evidence(
                        status, Duration.ofSeconds(42), stopping, some(hung), some(planned)),
                inquiry);
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }
}
