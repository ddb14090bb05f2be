package io.visionops.inference.internal.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.api.geometry.Box;
import io.visionops.support.breaker.Breakers;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundSessionTest {

    private static final Detection PERSON =
            new Detection("person", 0.9, new Box(0.1, 0.1, 0.2, 0.5));
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final HungCalls hung = new HungCalls();
    private final DetectorBreakers breakers =
            new DetectorBreakers("front", new Breakers("inference", clock), clock);
    private final BoundSession session = session("auto");
    private final FakeFrame frame = FakeFrame.blank("front", 1, Instant.EPOCH);
    private final FakeDetector model = FakeDetector.persons("model", 10, any -> List.of(PERSON));
    private final FakeDetector other = FakeDetector.persons("other", 5, any -> List.of());

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void aFrameIsShownToTheDetectorInUseAndToNoneWhenThereIsNone() throws DetectorException {
        assertThat(session.detect(frame)).isEmpty();

        assertThat(session.open(model)).isTrue();

        assertThat(session.detect(frame)).contains(List.of(PERSON));
        assertThat(session.detector()).isSameAs(model);
        assertThat(session.name()).contains("model");
    }

    @Test
    void anotherDetectorEndsTheSessionBefore() throws DetectorException {
        session.open(model);
        session.open(other);

        assertThat(model.openSessions()).isZero();
        assertThat(session.detect(frame)).contains(List.of());
        assertThat(session.name()).contains("other");
    }

    @Test
    void oneThatCannotBeginLeavesNoneAndIsPassedOver() {
        session.open(model);

        assertThat(session.open(unopenable())).isFalse();

        assertThat(session.detector()).isNull();
        assertThat(model.openSessions()).isZero();
        assertThat(breakers.passedOver()).containsExactly("learner");
    }

    @Test
    void whatADetectorHasLearnedIsForItsNextSessionAlone() {
        Learner learner = new Learner("learner");
        session.open(learner.detector());
        session.open(other);
        assertThat(session.learned())
                .hasValueSatisfying(state -> assertThat(state.detector()).isEqualTo("learner"));

        session.open(new Learner("stranger").detector());
        session.open(learner.detector());

        assertThat(learner.resumed).isEmpty();

        session.end();
        session.open(learner.detector());
        assertThat(learner.resumed).containsExactly("learner knows");
    }

    @Test
    void whatAnEarlierSessionHasLeftIsGoneOnFrom() {
        Learner learner = new Learner("learner");
        session.goOnFrom(
                Optional.of("learner"),
                Optional.of(new DetectorState("learner", "from before".getBytes(UTF_8))));

        assertThat(session.isAnotherAwaited(other, clock.nanos())).isTrue();
        session.open(learner.detector());

        assertThat(learner.resumed).containsExactly("from before");
    }

    @Test
    void aDetectorThatGoesIsAwaitedForTwoSeconds() {
        session.open(model);

        assertThat(session.release(model, SECOND)).isTrue();

        assertThat(session.detector()).isNull();
        assertThat(model.openSessions()).isZero();
        assertThat(session.isAnotherAwaited(other, clock.nanos())).isTrue();
        clock.advance(Duration.ofSeconds(2));
        assertThat(session.isAnotherAwaited(other, clock.nanos())).isFalse();
    }

    @Test
    void theOneThatIsAwaitedAndTheOneThatTheCameraNamesAreTakenAtOnce() {
        session.open(model);
        session.release(model, SECOND);
        assertThat(session.isAnotherAwaited(model, clock.nanos())).isFalse();

        BoundSession naming = session("other");
        naming.open(model);
        naming.release(model, SECOND);
        assertThat(naming.isAnotherAwaited(other, clock.nanos())).isFalse();
    }

    @Test
    void aDetectorThatGoesAndIsNotInUseEndsNothing() {
        session.open(model);

        assertThat(session.release(other, SECOND)).isTrue();

        assertThat(session.detector()).isSameAs(model);
        assertThat(session.isAnotherAwaited(other, clock.nanos())).isFalse();
    }

    @Test
    void whoeverHasGivenUpWaitsForNoCallAnyMore() throws DetectorException {
        session.open(model);
        session.detect(frame);

        session.abandon();

        assertThatThrownBy(() -> session.detect(frame))
                .isInstanceOf(DetectorException.class)
                .hasMessageContaining("nobody waits");
    }

    private BoundSession session(String detector) {
        CameraSettings camera =
                FakeCamera.settings(
                        "front",
                        new DetectionSettings(
                                10,
                                640,
                                detector,
                                Set.of("person"),
                                0.5,
                                List.of(),
                                List.of(),
                                List.of()));
        return new BoundSession(camera, breakers, hung, clock);
    }

    /** Serves no camera. */
    private static Detector unopenable() {
        return FakeDetector.opening(
                "learner",
                1,
                camera -> {
                    throw new DetectorException("not for this camera");
                });
    }

    /** Knows its name at the end of a session, and keeps what it is given at the begin of one. */
    private static final class Learner implements DetectorSession {

        private final String name;
        private final List<String> resumed = new ArrayList<>();

        Learner(String name) {
            this.name = name;
        }

        Detector detector() {
            return FakeDetector.opening(name, 1, camera -> this);
        }

        @Override
        public List<Detection> detect(Frame frame) {
            return List.of();
        }

        @Override
        public void resume(byte[] document) {
            resumed.add(new String(document, UTF_8));
        }

        @Override
        public Optional<byte[]> learned() {
            return Optional.of((name + " knows").getBytes(UTF_8));
        }

        @Override
        public void close() {}
    }
}
