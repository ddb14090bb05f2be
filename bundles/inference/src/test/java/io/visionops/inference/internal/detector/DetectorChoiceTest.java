package io.visionops.inference.internal.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.support.breaker.Breakers;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DetectorChoiceTest {

    /** Until a detector that could not begin is tried again. */
    private static final Duration WAIT = Duration.ofSeconds(10).plusMillis(1);

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final AtomicBoolean withoutModels = new AtomicBoolean();
    private final HungCalls hung = new HungCalls();
    private final DetectorBreakers breakers =
            new DetectorBreakers("front", new Breakers("inference", clock), clock);
    private final Detector motion =
            new FakeDetector("motion", 0, Set.of("moving"), false, any -> List.of());
    private final Detector model = FakeDetector.persons("model", 10, any -> List.of());

    @Test
    void theBestIsChosenAndNoneHasToBeThere() {
        DetectorChoice choice = choice("auto", "auto");

        assertThat(choice.best()).containsSame(model);
        assertThat(choice.due()).containsSame(model);
        assertThat(choice.wanted()).isEmpty();
    }

    @Test
    void whatTheCameraNamesGoesBeforeWhatIsSetForAll() {
        assertThat(choice("motion", "model").best()).containsSame(motion);
        assertThat(choice("motion", "model").wanted()).contains("motion");
        assertThat(choice("auto", "motion").best()).containsSame(motion);
        assertThat(choice("auto", "motion").wanted()).contains("motion");
    }

    @Test
    void withoutModelsItIsMotionFromTheNextLookOn() {
        DetectorChoice choice = choice("model", "auto");
        assertThat(choice.look()).isFalse();

        withoutModels.set(true);
        assertThat(choice.best()).containsSame(model);
        assertThat(choice.look()).isTrue();
        assertThat(choice.look()).isFalse();

        assertThat(choice.isWithoutModels()).isTrue();
        assertThat(choice.best()).containsSame(motion);
        assertThat(choice.due()).containsSame(motion);
        assertThat(choice.wanted()).contains("motion");
    }

    @Test
    void oneThatFailsIsDueAndAnotherTheBestUntilItIsTriedAgain() {
        DetectorChoice choice = choice("auto", "auto");

        breakers.refused(model, new DetectorException("broken"));
        assertThat(choice.best()).containsSame(motion);
        assertThat(choice.due()).containsSame(model);

        clock.advance(WAIT);
        assertThat(choice.best()).containsSame(model);
    }

    @Test
    void whileTooManyCallsHangOneThatFailedIsNotTriedAgain() {
        DetectorChoice choice = choice("auto", "auto");
        breakers.hung(model, new DetectorException("no answer"));
        for (int i = 0; i < HungCalls.MOST; i++) {
            hung.begin();
        }

        clock.advance(WAIT);
        assertThat(choice.best()).containsSame(motion);

        hung.end();
        assertThat(choice.best()).containsSame(model);
    }

    private DetectorChoice choice(String camera, String preferred) {
        DetectorRegistry registry = new DetectorRegistry(preferred);
        registry.add(motion);
        registry.add(model);
        DetectionSettings analysis =
                new DetectionSettings(
                        10, 640, camera, Set.of("person"), 0.5, List.of(), List.of(), List.of());
        return new DetectorChoice(analysis, registry, withoutModels::get, breakers, hung);
    }
}
