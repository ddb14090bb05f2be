package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.detect.DetectorException;
import io.visionops.inference.internal.detector.DetectorBinding;
import io.visionops.inference.internal.detector.DetectorRegistry;
import io.visionops.inference.internal.detector.DetectorSupply;
import io.visionops.inference.internal.detector.HungCalls;
import io.visionops.support.breaker.Breakers;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnalysisFaultsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final FakeCamera camera = new FakeCamera(FakeCamera.settings("front"));
    private final DetectorRegistry detectors = new DetectorRegistry("auto");
    private final DetectorBinding binding =
            new DetectorBinding(
                    camera.settings(),
                    detectors,
                    () -> false,
                    new Breakers("inference", clock),
                    new HungCalls(),
                    (severity, words) -> {},
                    clock,
                    clock);
    private Map<String, Integer> objects = Map.of();
    private Optional<Instant> lastAnalysed = Optional.empty();
    private final AnalysisFaults faults =
            new AnalysisFaults(camera, detectors, binding, this::status, clock);

    @AfterEach
    void close() {
        binding.close();
    }

    @Test
    void aCameraWhoseDetectorWorksIsToldThatItIsWell() {
        detectors.add(FakeDetector.persons("model", 1, frame -> List.of()));

        pass(Duration.ofSeconds(10));

        assertThat(camera.analysisFaults()).containsExactly(Optional.empty());
        assertThat(faults.told()).isEmpty();
    }

    @Test
    void aCameraIsToldThatThereIsNoDetectorUnlessOneIsBeingLoaded() {
        AtomicBoolean loading = new AtomicBoolean(true);
        detectors.use(new Supply(loading));
        pass(Duration.ofSeconds(20));
        assertThat(camera.analysisFaults()).isEmpty();

        loading.set(false);
        pass(Duration.ofSeconds(6));

        assertThat(faults.told()).map(Fault::cause).contains(Cause.DETECTOR);
        assertThat(camera.analysisFaults()).containsExactly(faults.told());
    }

    @Test
    void whatFailsIsToldWithWhoStandsIn() {
        detectors.add(new FakeDetector("motion", 0, Set.of("moving"), false, frame -> List.of()));
        failThreeTimes();

        pass(Duration.ofSeconds(6));

        assertThat(detail())
                .isEqualTo(
                        "detector model fails: out of memory; meanwhile it is motion, since"
                                + " 2026-01-01T00:00:00Z");
    }

    @Test
    void whenNobodyStandsInWhatWasKnownLastIsTold() {
        objects = Map.of("person", 1, "car", 2);
        lastAnalysed = Optional.of(START.plusMillis(1500));
        failThreeTimes();

        pass(Duration.ofSeconds(6));

        assertThat(detail()).endsWith("; last known, at 2026-01-01T00:00:01Z: 2 car, 1 person");
    }

    @Test
    void nothingInThePictureIsKnownToo() {
        lastAnalysed = Optional.of(START);
        failThreeTimes();

        pass(Duration.ofSeconds(6));

        assertThat(detail()).endsWith("; last known, at 2026-01-01T00:00:00Z: nothing");
    }

    @Test
    void whereNothingWasEverAnalysedNothingIsKnown() {
        failThreeTimes();

        pass(Duration.ofSeconds(6));

        assertThat(detail()).startsWith("detector model fails: ").doesNotContain("last known");
    }

    private void failThreeTimes() {
        detectors.add(FakeDetector.persons("model", 1, frame -> List.of()));
        for (int i = 0; i < 3; i++) {
            binding.prepare();
            binding.failed(new DetectorException("out of memory"));
        }
    }

    private void pass(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += 250) {
            binding.prepare();
            faults.tick();
            clock.advance(Duration.ofMillis(250));
        }
    }

    private String detail() {
        return faults.told().orElseThrow().detail();
    }

    private AnalysisStatus status() {
        AnalysisStatus.Latency none = new AnalysisStatus.Latency(Duration.ZERO, Duration.ZERO);
        return new AnalysisStatus("front", Optional.empty(), 0, objects, none, none, lastAnalysed);
    }

    private record Supply(AtomicBoolean isLoading) implements DetectorSupply {

        @Override
        public boolean loading() {
            return isLoading.get();
        }

        @Override
        public void want(String name) {}

        @Override
        public Optional<String> absence(String name) {
            return Optional.empty();
        }
    }
}
