package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.launcher.channel.SocketAddresses;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.watchdog.HeartbeatServer;
import io.visionops.launcher.watchdog.WatchdogSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(40)
class MachineWatchTest {

    @TempDir Path scratch;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ShutdownRequests requests = new ShutdownRequests(told::add);
    private DataFolder data;
    private Process process;
    private JavaMachine machine;

    @BeforeEach
    void startAMachine() throws IOException {
        data = new DataFolder(scratch);
        Files.createDirectories(data.run());
        process = new ProcessBuilder("sleep", "60").start();
        machine = JavaMachine.started(process);
    }

    @AfterEach
    void endIt() {
        process.destroyForcibly();
    }

    @Test
    void aMachineThatDoesNotComeUpIsEndedAndTheReasonTold() {
        MachineWatch watch = watch(Duration.ofMillis(1));
        watch.begin(machine);

        assertThat(watch.hold(machine, () -> {})).contains("did not come up within 0 s");

        assertThat(machine.isAlive()).isFalse();
        assertThat(told)
                .containsExactly("Java did not come up within 0 s: it is ended and started again");
    }

    @Test
    void aMachineThatWasAskedToEndIsNotJudged() {
        MachineWatch watch = watch(Duration.ofMinutes(1));
        watch.begin(machine);

        assertThat(watch.hold(machine, () -> requests.restart("daily"))).isEmpty();

        assertThat(machine.isAlive()).isFalse();
        assertThat(told).containsExactly("Java is started again: daily");
    }

    @Test
    void theFirstHeartbeatSaysThatItIsServedAndOneMayAskForARestart() throws IOException {
        MachineWatch watch = watch(Duration.ofMinutes(1));
        watch.begin(machine);
        try (HeartbeatServer heartbeats = watch.listen();
                SocketChannel client =
                        SocketAddresses.use(data.heartbeatSocket(), SocketChannel::open)) {
            assertThat(data.served()).doesNotExist();

            assertThat(ask(client, "beat journal=1/15\n")).isEqualTo("ok");
            assertThat(data.served()).exists();

            assertThat(ask(client, "safe-mode too hot\n")).isEqualTo("ok");
        }

        assertThat(watch.hold(machine, () -> {})).isEmpty();
        assertThat(requests.takeRestart()).contains(new ShutdownRequests.Restart("too hot", true));
    }

    private MachineWatch watch(Duration boot) {
        return new MachineWatch(
                data, new WatchdogSettings(Duration.ofSeconds(15), boot, 3), requests, told::add);
    }

    private static String ask(SocketChannel client, String line) throws IOException {
        client.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        return new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8)).readLine();
    }
}
