package io.visionops.inference.internal.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.model.ModelException;
import io.visionops.testkit.ManualClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFetcherTest {

    @TempDir Path folder;

    @Test
    void aServerThatIsNotThereIsAskedThreeTimesAndThenAgainAfterTenSeconds() throws Exception {
        ManualClock clock = new ManualClock(Instant.EPOCH);
        ModelFetcher fetcher =
                new ModelFetcher(Duration.ofSeconds(2), Duration.ofSeconds(2), 1000, clock);
        URI nobody = URI.create("http://127.0.0.1:" + closedPort() + "/model.onnx");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> fetcher.fetch(nobody, folder.resolve("part")))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("cannot be fetched");
        }

        assertThatThrownBy(() -> fetcher.fetch(nobody, folder.resolve("part")))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model download keeps failing: " + nobody)
                .hasMessageEndingWith("next try in 10 s");

        clock.advance(Duration.ofSeconds(11));
        assertThatThrownBy(() -> fetcher.fetch(nobody, folder.resolve("part")))
                .hasMessageContaining("cannot be fetched");
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
