package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @TempDir Path scratch;

    @Test
    void zeroIsAnyFreeOne() {
        Ports ports = Ports.choose(0, 0);

        assertThat(ports.http()).isBetween(20_000, 32_000).isNotEqualTo(ports.ssh());
        assertThat(Ports.taken(ports.ssh())).isFalse();
    }

    @Test
    void aPortThatSomebodyListensOnIsRefused() throws IOException {
        try (ServerSocket other =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> Ports.choose(port, 0))
                    .hasMessage(
                            "port "
                                    + port
                                    + " is taken: choose another with --http-port, or 0 for any free one");
        }
    }

    @Test
    void onePortForBothIsRefused() {
        int free = Ports.choose(0, 0).http();

        assertThatThrownBy(() -> Ports.choose(free, free)).hasMessageContaining("are both " + free);
    }

    @Test
    void thoseOfTheRunningInstanceAreRead() throws IOException {
        Path file = scratch.resolve("ports.json");

        new Ports(8181, 8101).write(file);

        assertThat(Ports.read(file)).contains(new Ports(8181, 8101));
        assertThat(file).hasContent("{\"http\":8181,\"ssh\":8101}");
        assertThat(Ports.read(scratch.resolve("none"))).isEmpty();
    }
}
