package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.ingest.internal.config.CameraText;
import io.visionops.ingest.internal.config.InvalidSetting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraAdmissionTest {

    /** Bytes of the frames of one camera of 640 x 360 and 5 frames a second, and a little more. */
    private static final long ROOM_FOR_ONE = 5_000_000;

    @TempDir Path folder;

    private CameraLifecycle lifecycle;
    private CameraEntry front;

    @BeforeEach
    void start() throws InvalidSetting {
        FakeStreams streams = new FakeStreams(folder);
        // So that the decoder of front does not start meanwhile.
        streams.processes = Optional.empty();
        lifecycle = new CameraLifecycle(streams.context, streams::publish);
        front = entry("front", "io.visionops.camera-front.cfg");
        front.published = lifecycle.apply(front.file, null, FakeStreams.settings("front"));
    }

    @AfterEach
    void end() {
        lifecycle.remove(front.file, front.published);
    }

    private static CameraEntry entry(String camera, String file) {
        Map<String, String> values = new HashMap<>(FakeStreams.values());
        values.put("felix.fileinstall.filename", "file:/etc/" + file);
        return new CameraEntry(CameraText.delivered("io.visionops.camera~" + camera, values));
    }

    private void check(
            long frames, long available, String camera, boolean isNew, String... keysAndValues)
            throws InvalidSetting {
        new CameraAdmission(new MemoryBudget(frames, () -> available))
                .check(
                        FakeStreams.file(camera),
                        FakeStreams.settings(camera, keysAndValues),
                        List.of(front),
                        isNew);
    }

    @Test
    void aCameraWithMemoryBesideTheOthersIsAdmitted() {
        assertThatCode(() -> check(Long.MAX_VALUE, Long.MAX_VALUE, "back", true))
                .doesNotThrowAnyException();
    }

    @Test
    void twoFilesForOneCameraAreRefused() {
        assertThatThrownBy(() -> check(Long.MAX_VALUE, Long.MAX_VALUE, "front", true))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(
                        "camera front is configured by io.visionops.camera-front.cfg already:"
                                + " remove one of them");
    }

    @Test
    void framesThatDoNotFitBesideThoseOfOthersAreRefused() {
        assertThatThrownBy(() -> check(ROOM_FOR_ONE, Long.MAX_VALUE, "back", false))
                .hasMessageStartingWith("the frames of this camera need 5 MB, and 0 of 5 MB are");
        assertThatCode(() -> check(ROOM_FOR_ONE, Long.MAX_VALUE, "back", false, "enabled", "false"))
                .doesNotThrowAnyException();
    }

    @Test
    void aNewCameraAloneIsRefusedForTheMemoryOfItsDecoder() {
        // One of front has yet to take its own.
        assertThatThrownBy(() -> check(Long.MAX_VALUE, 80_000_000, "back", true))
                .hasMessageStartingWith("the decoder of this camera needs about 45 MB, and 35 MB");
        assertThatCode(() -> check(Long.MAX_VALUE, 80_000_000, "back", false))
                .doesNotThrowAnyException();
    }
}
