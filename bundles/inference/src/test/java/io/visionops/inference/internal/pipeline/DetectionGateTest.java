package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.frame.Frame;
import io.visionops.api.geometry.Box;
import io.visionops.inference.internal.track.Track;
import io.visionops.inference.internal.track.Tracker;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DetectionGateTest {

    private static final Detection PERSON =
            new Detection("person", 0.9, new Box(0.4, 0.4, 0.5, 0.6));

    private final Detector gated =
            new FakeDetector("model", 1, Set.of("person"), true, any -> List.of());
    private final Detector ungated =
            new FakeDetector("motion", 0, Set.of("moving"), false, any -> List.of());
    private final Frame frame = FakeFrame.blank("front", 1, Instant.EPOCH);
    private final ScriptedGate motion = new ScriptedGate();
    private final DetectionGate gate =
            new DetectionGate(
                    FakeCamera.settings("front"),
                    camera -> {
                        motion.made++;
                        return motion;
                    });

    @Test
    void aDetectorSeesItsFirstFrameThoughNothingMoves() {
        assertThat(gate.passesUnseen(frame, gated, true, 0)).isFalse();

        gate.seen(gated, List.of(), 0);
        assertThat(gate.passesUnseen(frame, gated, true, 0)).isTrue();

        gate.detectorChanged();
        assertThat(gate.passesUnseen(frame, gated, true, 0)).isFalse();
    }

    @Test
    void aFrameInWhichSomethingMovesIsSeen() {
        gate.seen(gated, List.of(), 0);

        motion.moves = true;

        assertThat(gate.passesUnseen(frame, gated, true, 0)).isFalse();
    }

    @Test
    void whileSomethingIsFollowedNoMoreThanASecondPassesUnseen() {
        long second = TimeUnit.SECONDS.toNanos(1);
        gate.seen(gated, List.of(), second);

        assertThat(gate.passesUnseen(frame, gated, false, 2 * second - 1)).isTrue();
        assertThat(gate.passesUnseen(frame, gated, false, 2 * second)).isFalse();
        assertThat(gate.passesUnseen(frame, gated, true, 2 * second)).isTrue();
    }

    @Test
    void theGateOfADetectorThatIsNotGatedIsNeverMade() {
        gate.seen(ungated, tracks(), 0);

        assertThat(gate.passesUnseen(frame, ungated, true, 0)).isFalse();
        assertThat(gate.still()).isEmpty();
        gate.close();
        assertThat(motion.made).isZero();
    }

    @Test
    void whatIsFollowedIsFoundAgainUntilAnotherDetectorComes() {
        gate.seen(gated, tracks(), 0);
        assertThat(gate.still())
                .singleElement()
                .satisfies(one -> assertThat(one.label()).isEqualTo("person"));

        gate.detectorChanged();

        assertThat(gate.still()).isEmpty();
    }

    @Test
    void theGateIsMadeOnceAndClosed() {
        gate.passesUnseen(frame, gated, true, 0);
        gate.passesUnseen(frame, gated, true, 1);
        gate.close();

        assertThat(motion.made).isEqualTo(1);
        assertThat(motion.closed).isTrue();
    }

    /** What a tracker makes of a person who stands there for some frames. */
    private static List<Track> tracks() {
        Tracker tracker = new Tracker(0.5, 4.0 / 3);
        List<Track> tracks = List.of();
        for (int sequence = 1; sequence <= 5; sequence++) {
            tracks = tracker.update(List.of(PERSON), 0.1, sequence);
        }
        return tracks;
    }

    private static final class ScriptedGate implements Gate {

        private boolean moves;
        private boolean closed;
        private int made;

        @Override
        public boolean moves(Frame shown) {
            return moves;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
