package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ShutdownRequestsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ShutdownRequests requests = new ShutdownRequests(told::add);
    private Process process;
    private JavaMachine machine;

    @BeforeEach
    void startAMachine() throws IOException {
        process = new ProcessBuilder("sleep", "60").start();
        machine = JavaMachine.started(process);
    }

    @AfterEach
    void endIt() {
        process.destroyForcibly();
    }

    @Test
    void aMachineIsEndedWhenSomebodyAsksToStop() {
        requests.hold(machine);

        requests.stop();

        assertThat(machine.hasEndedWithin(SOON)).isTrue();
        assertThat(requests.isStopping()).isTrue();
        assertThat(requests.isEnding()).isTrue();
        assertThat(requests.isStoppedWithin(Duration.ZERO)).isTrue();
        assertThat(requests.takeRestart()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void aMachineThatIsStartedWhileItIsStoppedEndsAtOnce() {
        requests.stop();

        requests.hold(machine);

        assertThat(machine.hasEndedWithin(SOON)).isTrue();
    }

    @Test
    void theFirstReasonOfARestartIsTheOneThatIsToldAndItIsTakenOnce() {
        requests.hold(machine);

        requests.restart("");
        requests.restart("another");

        assertThat(machine.hasEndedWithin(SOON)).isTrue();
        assertThat(requests.isEnding()).isTrue();
        assertThat(requests.isStopping()).isFalse();
        assertThat(told).containsExactly("Java is started again: no reason was given");
        assertThat(requests.takeRestart())
                .contains(new ShutdownRequests.Restart("no reason was given", false));
        assertThat(requests.takeRestart()).isEmpty();
        assertThat(requests.isEnding()).isFalse();
    }

    @Test
    void safeModeIsHeldToAlsoWhereARestartIsUnderWay() {
        requests.hold(machine);

        requests.restart("daily");
        requests.restartInSafeMode("too hot");

        assertThat(requests.takeRestart()).contains(new ShutdownRequests.Restart("daily", true));
        requests.restart("daily");
        assertThat(requests.takeRestart()).contains(new ShutdownRequests.Restart("daily", false));
    }

    @Test
    void nobodyWhoWaitsIsStoppedBeforeSomebodyAsks() {
        assertThat(requests.isStoppedWithin(Duration.ofMillis(1))).isFalse();
    }
}
