package io.visionops.launcher.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class HeartbeatServerTest {

    @TempDir Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();

    private final HeartbeatServer.Listener listener =
            new HeartbeatServer.Listener() {
                @Override
                public void beat(Heartbeat beat) {
                    told.add("beat " + beat.counters().keySet());
                }

                @Override
                public void pause(int seconds) {
                    told.add("pause " + seconds);
                }

                @Override
                public void restart(String reason) {
                    told.add("restart " + reason);
                }

                @Override
                public void safeMode(String reason) {
                    told.add("safe mode " + reason);
                }
            };

    @Test
    void eachLineIsAnsweredAndWhatIsNoneIsPassedOver() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (HeartbeatServer server = HeartbeatServer.listen(address, listener);
                SocketChannel client = SocketChannel.open(address)) {
            assertThat(ask(client, "beat journal=1/15\n")).isEqualTo("ok");
            assertThat(ask(client, "pause 60\n")).isEqualTo("ok");
            assertThat(ask(client, "nonsense\n")).isEqualTo("ok");
            assertThat(ask(client, "restart daily\n")).isEqualTo("ok");
            assertThat(ask(client, "safe-mode too hot\n")).isEqualTo("ok");
        }

        assertThat(told)
                .containsExactly(
                        "beat [journal]", "pause 60", "restart daily", "safe mode too hot");
    }

    @Test
    void theNewestConnectionTakesThePlaceOfTheOneBefore() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (HeartbeatServer server = HeartbeatServer.listen(address, listener);
                SocketChannel first = SocketChannel.open(address)) {
            assertThat(ask(first, "pause 1\n")).isEqualTo("ok");
            try (SocketChannel second = SocketChannel.open(address)) {
                assertThat(ask(second, "pause 2\n")).isEqualTo("ok");

                assertThat(first.read(ByteBuffer.allocate(1))).isNegative();
            }
        }
    }

    @Test
    void whoNeverEndsALineIsCutOff() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (HeartbeatServer server = HeartbeatServer.listen(address, listener);
                SocketChannel client = SocketChannel.open(address)) {
            client.write(ByteBuffer.wrap(new byte[5000]));

            assertThat(client.read(ByteBuffer.allocate(1))).isNegative();
        } catch (IOException reset) {
            // By the end of what had not been read.
            assertThat(told).isEmpty();
        }
    }

    private static String ask(SocketChannel client, String line) throws IOException {
        client.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        return new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8)).readLine();
    }
}
