package io.visionops.ingest.internal.camera;

import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.TestVideos;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * For tests of cameras on the network: videos for all tests of a class, a rig and a server for
 * each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NetworkRig {

    TestVideos videos;
    @TempDir Path folder;
    Rig rig;
    HostileCamera server;

    @BeforeAll
    void makeVideos(@TempDir Path media) throws Exception {
        DecoderProgram program = Rig.DECODER.program();
        videos = TestVideos.make(media, program.path(), program.environment());
    }

    @BeforeEach
    void start() throws Exception {
        rig = new Rig(folder);
        server = HostileCamera.start(videos);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        server.close();
    }
}
