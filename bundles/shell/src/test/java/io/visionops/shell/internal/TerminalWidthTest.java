package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.Fault;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.query.FrameTracks;
import io.visionops.api.query.JournalReader;
import io.visionops.api.query.LineCount;
import io.visionops.testkit.FakeCamera;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has a terminal of eighty columns reads tables and not their remains. */
class TerminalWidthTest extends ShellTest {

    private static final int COLUMNS = 80;

    private static final String LONG =
            "the camera sends us to rtsp://10.0.0.77:8554/cameras/front-entrance/main, which is not"
                    + " given its login";

    private final FakeCameras cameras = new FakeCameras();
    private final FakeJournalReader reader = new FakeJournalReader();

    @BeforeEach
    void offer() {
        console.offer(Cameras.class, cameras);
        console.offer(JournalReader.class, reader);
        console.offer(Analyses.class, List::of);
        console.offer(ChildProcesses.class, new OtherCommandsTest.OneChild());
        cameras.cameras.add(
                StillCamera.of(
                        FakeCamera.settings("front-entrance"),
                        StillCamera.lost(
                                "front-entrance",
                                CameraState.OFFLINE,
                                new Fault(Cause.NOT_FOUND, LONG)),
                        new FrameCounts(0, 0, 0, Map.of(), 0)));
        Instant ten = Instant.parse("2026-01-01T10:00:00Z");
        reader.lines =
                List.of(
                        new LineCount(
                                "front-entrance",
                                "door",
                                "person",
                                Event.Direction.OUT,
                                OptionalLong.of(123),
                                ten,
                                NOW,
                                1));
        reader.tracks =
                List.of(
                        new FrameTracks(
                                "front-entrance",
                                1_234_567,
                                ten,
                                List.of(
                                        new Fact.Tracked(
                                                12_345,
                                                "motorcycle",
                                                0.987,
                                                new Box(0.1234, 0.2345, 0.3456, 0.4567)))));
        cameras.connection =
                new ConnectionTest(
                        List.of(
                                new ConnectionTest.AddressResult(
                                        "rtsp://***@10.0.0.1/s",
                                        List.of(
                                                new ConnectionTest.Stage(
                                                        "stream",
                                                        ConnectionTest.Result.PASSED,
                                                        Duration.ofMillis(12),
                                                        LONG,
                                                        Optional.empty(),
                                                        "")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera-list",
                "counts",
                "tracks --camera front-entrance",
                "camera-test front-entrance"
            })
    void noLineOfATableIsLongerThanTheTerminal(String line) {
        assertThat(longest(console.run(line)))
                .as("where nobody says how wide it is, all is shown")
                .isGreaterThan(COLUMNS);

        console.columns(COLUMNS);

        assertThat(longest(console.run(line))).as(console.run(line)).isBetween(50, COLUMNS);
    }

    /** Its findings are whole sentences, and not part of the table. */
    @Test
    void theTableOfCamerasInTheStatusIsNotLongerEither() {
        console.columns(COLUMNS);

        assertThat(console.run("visionops:status").lines())
                .filteredOn(line -> line.matches("front-entrance .*OFFLINE.*"))
                .singleElement()
                .satisfies(row -> assertThat(row).hasSizeBetween(50, COLUMNS).contains("..."));
    }

    private static int longest(String printed) {
        return printed.lines().mapToInt(String::length).max().orElse(0);
    }
}
