package io.visionops.inference.internal.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.detect.Detector;
import io.visionops.testkit.FakeDetector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnalysisDiagnosisTest {

    private final DetectorRegistry bench = new DetectorRegistry("auto");
    private final Detector motion =
            new FakeDetector("motion", 0, Set.of("moving"), false, any -> List.of());
    private final Detector model =
            new FakeDetector("yolo", 9, Set.of("person", "car"), false, any -> List.of());

    @Test
    void theDefaultObjectsAreWellWithMotionAndWithAModel() {
        assertThat(of("auto", motion, "person", "moving")).isEmpty();
        assertThat(of("auto", model, "person", "moving")).isEmpty();
        assertThat(of("auto", motion, "car", "truck", "moving")).isEmpty();
    }

    @Test
    void aDetectorThatNobodyHasIsNamedWithThoseThatThereAre() {
        bench.add(motion);
        bench.add(model);

        assertThat(of("nonsense", null, "person"))
                .hasValue(
                        new Fault(
                                Cause.DETECTOR,
                                "detector = nonsense: no detector has that name; write auto or"
                                        + " yolo, motion, or install a model with model-install"));
        assertThat(of("Yolo", null, "person").orElseThrow().detail())
                .isEqualTo("detector = Yolo: write it as yolo");
    }

    @Test
    void whereTheNameIsSetForAllCamerasThatIsSaid() {
        DetectorRegistry preferring = new DetectorRegistry("nonsense");

        Fault fault =
                new AnalysisDiagnosis(analysis("auto", Set.of("person")), preferring)
                        .of(ServiceLevel.FULL, Optional.empty(), Optional.empty())
                        .orElseThrow();

        assertThat(fault.detail()).contains("io.visionops.inference.cfg or --detector");
    }

    @Test
    void whatIsKnownOfAModelThatIsNotThereIsSaid() {
        bench.use(supply("yolox-nano", "install it with model-install yolox-nano"));

        assertThat(of("yolox-nano", null, "person").orElseThrow().detail())
                .isEqualTo("detector = yolox-nano: install it with model-install yolox-nano");
    }

    @Test
    void withoutAnyDetectorTheReasonIsThatOfMotion() {
        bench.use(supply("motion", "OpenCV cannot be loaded: no jniopencv_core"));

        assertThat(of("auto", null, "person"))
                .hasValue(new Fault(Cause.DETECTOR, "OpenCV cannot be loaded: no jniopencv_core"));
    }

    @Test
    void anObjectThatTheDetectorCannotFindIsNamedWithWhatItFinds() {
        assertThat(of("auto", model, "persn"))
                .hasValue(
                        new Fault(
                                Cause.OBJECTS,
                                "objects = persn: detector yolo finds person, car;"
                                        + " write what it finds"));
        assertThat(of("auto", model, "person", "persn").orElseThrow().detail())
                .startsWith("objects = persn:");
        assertThat(of("auto", motion, "moving", "persn").orElseThrow().detail())
                .startsWith("objects = persn:");
    }

    @Test
    void motionAloneFindsNoPersonAndAModelNothingThatJustMoves() {
        assertThat(of("auto", motion, "person").orElseThrow().detail())
                .isEqualTo(
                        "objects = person: detector motion finds moving; write objects = moving,"
                                + " or install a model with model-install");
        assertThat(of("yolo", model, "moving").orElseThrow().detail())
                .endsWith("or detector = motion");
    }

    @Test
    void aDetectorThatFailsAndWhatWorksInItsPlaceAreNamed() {
        assertThat(
                        new AnalysisDiagnosis(analysis("auto", Set.of("person")), bench)
                                .of(
                                        ServiceLevel.FULL,
                                        Optional.of(motion),
                                        Optional.of("detector yolo fails: no")))
                .hasValue(new Fault(Cause.DETECTOR, "detector yolo fails: no"));
    }

    @Test
    void whatMotionAloneDoesNotFindIsNamedAndNoDetectorIsToBlame() {
        Optional<String> failure = Optional.of("detector yolo fails: no");

        assertThat(
                        new AnalysisDiagnosis(analysis("yolo", Set.of("person", "car")), bench)
                                .of(ServiceLevel.MOTION_ONLY, Optional.of(motion), failure))
                .hasValue(
                        new Fault(
                                Cause.OBJECTS,
                                "objects = car, person: not counted while its level is motion;"
                                        + " camera-level tells who asked for that"));
        assertThat(
                        new AnalysisDiagnosis(analysis("yolo", Set.of("person", "moving")), bench)
                                .of(ServiceLevel.MOTION_ONLY, Optional.of(motion), failure))
                .isEmpty();
    }

    private Optional<Fault> of(
            String detector,
            @org.jspecify.annotations.Nullable Detector seated,
            String... objects) {
        return new AnalysisDiagnosis(analysis(detector, Set.of(objects)), bench)
                .of(ServiceLevel.FULL, Optional.ofNullable(seated), Optional.empty());
    }

    private static DetectionSettings analysis(String detector, Set<String> objects) {
        return new DetectionSettings(
                5, 640, detector, objects, 0.5, List.of(), List.of(), List.of());
    }

    private static DetectorSupply supply(String known, String words) {
        return new DetectorSupply() {
            @Override
            public boolean loading() {
                return false;
            }

            @Override
            public void want(String name) {}

            @Override
            public Optional<String> absence(String name) {
                return name.equals(known) ? Optional.of(words) : Optional.empty();
            }
        };
    }
}
