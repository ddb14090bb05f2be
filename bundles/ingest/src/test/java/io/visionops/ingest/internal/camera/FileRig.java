package io.visionops.ingest.internal.camera;

import io.visionops.api.frame.FrameLease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** For tests of cameras that are files: a clip for all tests of a class, a rig for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FileRig {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Frames a second of the clip. */
    public static final int FPS = 10;

    /** 320 x 180 pixels, four and a half seconds. */
    public Path clip = Path.of("");

    public @TempDir Path folder;
    public Rig rig;

    @BeforeAll
    void makeClip(@TempDir Path media) throws Exception {
        clip = Media.clip(media, 320, 180, FPS, 45);
    }

    @BeforeEach
    void start() {
        rig = new Rig(folder);
    }

    /**
     * The frames of the camera "front", which reads a file as fast as it can, 320 pixels wide.
     *
     * @param more keys and values
     */
    FrameLease asap(Path file, int fps, String... more) {
        List<String> settings = new ArrayList<>(List.of("url", "file:" + file, "pace", "asap"));
        settings.addAll(List.of("detect.fps", String.valueOf(fps), "detect.width", "320"));
        settings.addAll(List.of(more));
        rig.configure("front", settings.toArray(String[]::new));
        return rig.frames("front");
    }

    @AfterEach
    void stop() {
        rig.close();
    }
}
