package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.frame.Frame;
import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import io.visionops.inference.internal.track.Track;
import io.visionops.inference.internal.track.Tracker;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FrameFactsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final CameraSettings camera =
            FakeCamera.settings(
                    "door",
                    List.of(new Line("door", new Point(0.5, 1), new Point(0.5, 0))),
                    List.of());
    private final Frame frame = FakeFrame.blank("door", 7, START);
    private final FrameFacts facts = new FrameFacts(camera, false);

    @Test
    void countersAreToldOnceUntilTheDetectorFindsOtherThings() {
        facts.detectorChanged(detector("person", "cat"));
        assertThat(facts.counters(START)).contains(counters(START, "person"));
        assertThat(facts.counters(START.plusSeconds(1))).isEmpty();

        facts.detectorChanged(detector("person", "dog"));
        assertThat(facts.counters(START.plusSeconds(2))).isEmpty();

        facts.detectorChanged(detector("moving"));
        assertThat(facts.counters(START.plusSeconds(3)))
                .contains(counters(START.plusSeconds(3), "moving"));
    }

    @Test
    void countersAreToldAgainForAnOlderFilm() {
        facts.detectorChanged(detector("person"));
        facts.counters(START);

        assertThat(facts.counters(START.minusSeconds(1)))
                .contains(counters(START.minusSeconds(1), "person"));
    }

    @Test
    void tracksSayWhereTheObjectsAre() {
        Tracker tracker = new Tracker(0.5, 4.0 / 3);
        Detection person = new Detection("person", 0.9, new Box(0.4, 0.4, 0.5, 0.6));
        List<Track> tracks = List.of();
        for (int sequence = 1; sequence <= 5; sequence++) {
            tracks = tracker.update(List.of(person), 0.1, sequence);
        }

        Fact.Tracks told = (Fact.Tracks) facts.tracks(frame, tracks);

        assertThat(told.camera()).isEqualTo("door");
        assertThat(told.frame()).isEqualTo(7);
        assertThat(told.time()).isEqualTo(START);
        Track only = tracks.get(0);
        assertThat(told.objects())
                .containsExactly(
                        new Fact.Tracked(only.id(), only.label(), only.score(), only.box()));
    }

    @Test
    void aCrossingIsAFactAndAnyOtherEventIsNone() {
        assertThat(facts.of(event(Event.Type.CROSSING), frame, 0))
                .containsExactly(
                        new Fact.Crossing("door", START, "door", "person", Event.Direction.IN));
        assertThat(facts.of(event(Event.Type.ZONE_LEFT), frame, 0)).isEmpty();
    }

    @Test
    void everyKindOfEventGetsAPictureWhereThatIsWanted() {
        FrameFacts withPictures = new FrameFacts(camera, true);

        assertThat(withPictures.of(event(Event.Type.CROSSING), frame, 0))
                .hasSize(2)
                .last()
                .isInstanceOf(Fact.Snapshot.class);
        assertThat(withPictures.of(event(Event.Type.ZONE_LEFT), frame, 1))
                .singleElement()
                .isInstanceOf(Fact.Snapshot.class);
    }

    private static Detector detector(String... labels) {
        return new FakeDetector("model", 1, Set.of(labels), false, any -> List.of());
    }

    private static Fact counters(Instant time, String label) {
        return new Fact.Counters("door", time, List.of("door"), List.of(), List.of(label));
    }

    private static Event event(Event.Type type) {
        return new Event(
                new UUID(0, 1),
                type,
                Subject.camera("door"),
                Severity.INFO,
                START,
                Optional.of("person"),
                0.9,
                OptionalLong.of(1),
                Optional.of(new Box(0.4, 0.4, 0.5, 0.6)),
                Optional.of("door"),
                Optional.empty(),
                Optional.of(Event.Direction.IN),
                "");
    }
}
