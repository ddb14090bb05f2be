package io.visionops.health.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class HeartbeatsTest {

    @TempDir Path folder;

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Heartbeats.Watchdog watchdog =
            new Heartbeats.Watchdog() {
                @Override
                public void endHung() {
                    done.add("end");
                }

                @Override
                public void start() {
                    done.add("start");
                }
            };

    private UnixDomainSocketAddress address;

    @BeforeEach
    void name() {
        address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    }

    @Test
    void aHeartbeatIsToldEveryThreeSeconds() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (ServerSocketChannel server = listen()) {
            Thread answers = answer(server, lines);
            Heartbeats heartbeats = heartbeats(false);

            for (int i = 0; i < 7; i++) {
                heartbeats.round();
                clock.advance(Duration.ofSeconds(1));
            }

            assertThat(lines).containsExactly("beat", "beat", "beat");
            assertThat(done).isEmpty();
            heartbeats.pause(Duration.ofSeconds(60));
            answers.join();
            assertThat(lines).last().isEqualTo("pause 60");
        }
    }

    @Test
    void aWatchdogThatIsGoneIsStartedAgainOnceAndThenAwaited() {
        Heartbeats heartbeats = heartbeats(false);

        for (int i = 0; i < 10; i++) {
            heartbeats.round();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(done).containsExactly("end", "start");
        clock.advance(Duration.ofSeconds(20));
        heartbeats.round();
        assertThat(done).hasSize(4);
    }

    @Test
    void oneThatSystemdBringsBackIsLeftToIt() {
        Heartbeats heartbeats = heartbeats(true);

        for (int i = 0; i < 29; i++) {
            heartbeats.round();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(done).isEmpty();
        assertThat(WatchdogCheck.judge(heartbeats.silence(), "").isOk()).isFalse();
    }

    @Test
    void oneThatTakesTheConnectionAndSaysNothingIsTakenForHung() throws IOException {
        try (ServerSocketChannel server = listen()) {
            Heartbeats heartbeats =
                    new Heartbeats(
                            new WatchdogLink(address, Duration.ofMillis(200)),
                            () -> "beat",
                            watchdog,
                            false,
                            clock);
            clock.advance(Duration.ofSeconds(5));

            heartbeats.round();

            assertThat(done).containsExactly("end", "start");
        }
    }

    @Test
    void safeModeIsCriticalWithItsCause() {
        assertThat(WatchdogCheck.judge(Duration.ZERO, "").isOk()).isTrue();
        assertThat(WatchdogCheck.judge(Duration.ZERO, "4 crashes").toString())
                .contains("CRITICAL")
                .contains("4 crashes");
    }

    @Test
    void aProcessThatIsNoWatchdogIsNotEnded() throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(
                folder.resolve("run/launcher.pid"), ProcessHandle.current().pid() + " 1 2\n");

        new WatchdogProcess(folder, folder).endHung();

        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    private Heartbeats heartbeats(boolean bySystemd) {
        return new Heartbeats(
                new WatchdogLink(address, Duration.ofSeconds(5)),
                () -> "beat",
                watchdog,
                bySystemd,
                clock);
    }

    private ServerSocketChannel listen() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(address);
        return server;
    }

    private static Thread answer(ServerSocketChannel server, List<String> lines) {
        Thread thread =
                new Thread(
                        () -> {
                            try (SocketChannel client = server.accept()) {
                                BufferedReader reader =
                                        new BufferedReader(
                                                Channels.newReader(client, StandardCharsets.UTF_8));
                                for (String line = reader.readLine();
                                        line != null;
                                        line = reader.readLine()) {
                                    lines.add(line);
                                    client.write(
                                            ByteBuffer.wrap(
                                                    "ok\n".getBytes(StandardCharsets.UTF_8)));
                                }
                            } catch (IOException end) {
                                lines.add(end.toString());
                            }
                        });
        thread.start();
        return thread;
    }
}
