package io.visionops.inference.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.analysis.AnalysisStatus.Latency;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.model.ModelException;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.inference.internal.count.ZoneCount;
import io.visionops.inference.internal.pipeline.AnalysisFigures;
import io.visionops.inference.internal.pipeline.AnalysisView;
import io.visionops.support.breaker.BreakerStatus;
import io.visionops.support.health.JournalHealth;
import io.visionops.support.journal.JournalCounts;
import io.visionops.support.meter.Reading;
import io.visionops.support.recovery.TimedRepair;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;

/** The meters, checks and the recovery action of inference. */
class InferenceHealthTest {

    private static final Actor ANNA = Actor.user("anna");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final AnalysisFigures figures = new AnalysisFigures();
    private final List<AnalysisView> analyses = new ArrayList<>();
    private int hungCalls;
    private final List<BreakerStatus> breakers = new ArrayList<>();
    private JournalCounts journal = new JournalCounts(0, 10_000, 0, 0, 0, 0);

    private InferenceSampler sampler() {
        return new InferenceSampler(
                watch ->
                        new InferenceSample(
                                analyses,
                                List.of("model", "motion"),
                                breakers,
                                hungCalls,
                                watch.look(journal)),
                figures,
                clock);
    }

    private static AnalysisView analysis(
            String camera, Duration idle, Optional<Fault> fault, Set<String> passedOver) {
        Latency none = new Latency(Duration.ZERO, Duration.ZERO);
        return new AnalysisView(
                new AnalysisStatus(
                        camera,
                        Optional.of("model"),
                        4.5,
                        Map.of("person", 2),
                        none,
                        none,
                        Optional.of(Instant.ofEpochSecond(1000))),
                3,
                idle,
                fault,
                passedOver,
                List.of(new ZoneCount("hall", "person", 2)));
    }

    private static AnalysisView well(String camera) {
        return analysis(camera, Duration.ZERO, Optional.empty(), Set.of());
    }

    private static AnalysisView faulty(String camera) {
        return analysis(
                camera,
                Duration.ZERO,
                Optional.of(new Fault(Cause.DETECTOR, "detector = yolo: install it")),
                Set.of("yolo"));
    }

    private static void assertThatIt(HealthCheck check, Status status, String... words) {
        assertThat(check.execute().getStatus()).isEqualTo(status);
        StringBuilder all = new StringBuilder();
        for (ResultLog.Entry entry : check.execute()) {
            all.append(entry.getMessage()).append('\n');
        }
        for (String each : words) {
            assertThat(all).contains(each);
        }
    }

    @Test
    void aDetectorThatKeepsFailingIsAWarningWithItsCauseAndWhenItIsTriedNextAndAMeter() {
        InferenceSampler sampler = sampler();
        analyses.add(well("front"));
        breakers.add(
                new BreakerStatus(
                        "detector yolo of camera front",
                        BreakerStatus.State.OPEN,
                        3,
                        Optional.of("out of memory"),
                        Duration.ofSeconds(7)));

        sampler.sampler().sample();

        assertThatIt(
                new DetectorsCheck(sampler),
                Status.WARN,
                "detector yolo of camera front keeps failing: out of memory; next try in 7 s");
        assertThat(InferenceReadings.of(sampler.sampler().latest().orElseThrow(), figures.totals()))
                .filteredOn(reading -> reading.name().startsWith("visionops.breaker"))
                .extracting(Reading::value)
                .containsExactly(2.0, 3.0);
    }

    @Test
    void callsThatHangAreAWarningAndTooManyAreCritical() {
        InferenceSampler sampler = sampler();
        ProgressCheck check = new ProgressCheck(sampler);
        analyses.add(well("front"));
        hungCalls = 3;
        sampler.sampler().sample();
        assertThatIt(
                check, Status.WARN, "3 calls of detectors hang", "at 4 only visionops restart");

        hungCalls = 4;
        sampler.sampler().sample();

        assertThatIt(check, Status.CRITICAL, "4 calls of detectors hang", "visionops restart");
        assertThat(InferenceReadings.of(sampler.sampler().latest().orElseThrow(), figures.totals()))
                .filteredOn(reading -> reading.name().equals("visionops.inference.abandoned"))
                .extracting(Reading::value)
                .containsExactly(4.0);
    }

    @Test
    void aDetectorThatIsMissingIsNamedWithItsRemedyAndForMostCamerasItIsCritical() {
        InferenceSampler sampler = sampler();
        DetectorsCheck check = new DetectorsCheck(sampler);
        analyses.add(well("front"));
        sampler.sampler().sample();
        assertThatIt(check, Status.OK, "1 cameras are analysed; detectors: model, motion");

        analyses.add(faulty("yard"));
        sampler.sampler().sample();
        assertThatIt(
                check,
                Status.WARN,
                "1 of 2 cameras",
                "yard: the detector that it needs is not at work (detector = yolo: install it)");
        analyses.add(faulty("gate"));
        sampler.sampler().sample();
        assertThatIt(check, Status.CRITICAL, "2 of 3 cameras");
    }

    @Test
    void entriesThatWaitForTheJournalAndEntriesThatAreLostAreTold() {
        InferenceSampler sampler = sampler();
        JournalCheck check = new JournalCheck(sampler);
        journal = new JournalCounts(3, 10_000, 0, 0, 0, 0);
        sampler.sampler().sample();
        assertThatIt(check, Status.OK, "3 entries wait");

        clock.advance(Duration.ofSeconds(61));
        sampler.sampler().sample();
        assertThatIt(check, Status.WARN, "3 of at most 10000 entries", "for 61 s");

        journal = new JournalCounts(0, 10_000, 0, 2, 1, 0);
        sampler.sampler().sample();
        assertThatIt(
                check,
                Status.CRITICAL,
                "2 events and 1 other entries are lost",
                "what was seen and counted is incomplete");
        clock.advance(JournalHealth.RECENT.plusSeconds(1));
        sampler.sampler().sample();
        assertThatIt(check, Status.OK);
    }

    @Test
    void anAnalysisThatDoesNotComeBackIsAWarningAndThenCritical() {
        InferenceSampler sampler = sampler();
        ProgressCheck check = new ProgressCheck(sampler);
        analyses.add(well("front"));
        sampler.sampler().sample();
        assertThatIt(check, Status.OK, "1 of 1 analyses go on");

        analyses.set(0, analysis("front", Duration.ofSeconds(16), Optional.empty(), Set.of()));
        sampler.sampler().sample();
        assertThatIt(check, Status.WARN, "camera front", "detector model for 16 s", "3 frames");
        analyses.set(0, analysis("front", Duration.ofSeconds(61), Optional.empty(), Set.of()));
        sampler.sampler().sample();
        assertThatIt(check, Status.CRITICAL, "visionops restart");
    }

    @Test
    void aPartThatIsNotSampledAnyMoreIsCritical() {
        InferenceSampler sampler = sampler();
        sampler.sampler().sample();
        clock.advance(Duration.ofSeconds(20));

        assertThatIt(
                new ProgressCheck(sampler), Status.CRITICAL, "inference has not told for 20 s");
        assertThatIt(new DetectorsCheck(sampler), Status.CRITICAL);
    }

    @Test
    void metersOfACameraComeWithItAndGoWithIt() {
        analyses.add(well("front"));
        analyses.add(faulty("yard"));
        InferenceSampler sampler = sampler();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new InferenceMeters(sampler, figures).bindTo(registry);
        sampler.sampler().sample();

        assertThat(gauge(registry, "visionops.inference.queue", "camera", "front")).isEqualTo(3);
        assertThat(gauge(registry, "visionops.inference.fps", "camera", "front")).isEqualTo(4.5);
        assertThat(gauge(registry, "visionops.zone.occupancy", "zone", "hall")).isEqualTo(2);
        assertThat(gauge(registry, "visionops.inference.fault", "camera", "yard")).isEqualTo(1);
        assertThat(gauge(registry, "visionops.inference.detector.paused", "detector", "yolo"))
                .isEqualTo(1);
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
        analyses.clear();
        sampler.sampler().sample();
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .filteredOn(id -> id.getTag("camera") != null)
                .isEmpty();
    }

    private static double gauge(
            SimpleMeterRegistry registry, String name, String tag, String value) {
        return registry.get(name).tag(tag, value).gauge().value();
    }

    @Test
    void whatTheJournalLostIsCounted() {
        journal = new JournalCounts(0, 10_000, 1, 4, 2, 3);
        InferenceSampler sampler = sampler();
        sampler.sampler().sample();
        sampler.sampler().sample();

        assertThat(figures.totals().get(AnalysisFigures.LOST, "event")).isEqualTo(4);
        assertThat(figures.totals().get(AnalysisFigures.LOST, "picture")).isEqualTo(3);
        assertThat(figures.totals().get(AnalysisFigures.REFUSED)).isEqualTo(1);
    }

    @Test
    void aDetectorIsReplacedOrItIsSaidWhyNot() {
        List<String> replaced = new ArrayList<>();
        try (TimedRepair repair =
                InferenceRepairs.replaceDetector(
                        () -> List.of("model", "motion", "broken"),
                        name -> {
                            if (name.equals("broken")) {
                                throw new ModelException("the file is damaged");
                            }
                            replaced.add(name);
                            return name.equals("model");
                        })) {
            assertThat(repair.name()).isEqualTo("inference.replace-detector");
            assertThat(repair.targets()).contains(new Subject("detector", "motion"));
            assertThat(repair.run(new Subject("detector", "model"), "it fails", ANNA).done())
                    .isTrue();
            assertThat(repair.run(new Subject("detector", "motion"), "it fails", ANNA).done())
                    .isFalse();
            assertThat(repair.run(new Subject("detector", "broken"), "it fails", ANNA))
                    .isEqualTo(RecoveryResult.failed("the file is damaged"));
            assertThat(replaced).containsExactly("model", "motion");
        }
    }
}
