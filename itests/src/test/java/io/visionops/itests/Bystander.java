package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.TestVideos;

/**
 * A camera that is well all the time, on a server of its own: of what that sent, every second
 * picture must have been received (ten a second, five wanted).
 */
final class Bystander implements AutoCloseable {

    private static final String NAME = "bystander";

    private final Instance instance;
    private final HostileCamera server;

    Bystander(Instance instance, TestVideos videos) throws Exception {
        this.instance = instance;
        this.server = HostileCamera.start(videos);
        new Troubles(instance).add(NAME, server.url("front"));
        Await.until(30, () -> instance.stateOf(NAME).equals("STREAMING"));
    }

    /**
     * What became of its frames.
     *
     * @param wanted of the pictures that were sent
     */
    record Account(long wanted, long received, long reconnects) {

        /** What was on its way when the server was stopped is not lost. */
        void assertThatNothingIsLost() {
            assertThat(received).as(toString()).isBetween(wanted - 2, wanted + 1);
            assertThat(reconnects).as(toString()).isZero();
        }
    }

    /** Stops its server; all that was sent has to have arrived then. */
    Account account() throws Exception {
        long connections = server.accepted();
        server.close();
        Await.until(20, () -> !instance.stateOf(NAME).equals("STREAMING"));
        JsonNode frames = instance.frames(NAME);
        Instance.assertThatEveryFrameIsAccounted(frames);
        return new Account(
                (server.pictures() + 1) / 2, frames.get("received").asLong(), connections - 1);
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
