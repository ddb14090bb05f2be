package io.visionops.inference.internal.pipeline;

import static java.util.stream.Collectors.joining;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.api.camera.Fault;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.detector.AnalysisDiagnosis;
import io.visionops.inference.internal.detector.DetectorBinding;
import io.visionops.inference.internal.detector.DetectorRegistry;
import io.visionops.inference.internal.detector.DetectorSupply;
import io.visionops.inference.internal.detector.FallbackDetector;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What is wrong with the analysis of one camera, told to that camera: why it does not find what it
 * should, who stands in, and what was known last when nobody does. Used by the camera's thread;
 * {@link #told} by any.
 */
final class AnalysisFaults {

    private final Camera camera;
    private final DetectorRegistry detectors;
    private final DetectorBinding binding;
    private final Supplier<AnalysisStatus> status;
    private final AnalysisDiagnosis diagnosis;
    private final FaultReport report;

    /**
     * @param binding the detector of the camera
     * @param status what is known of the camera now
     */
    AnalysisFaults(
            Camera camera,
            DetectorRegistry detectors,
            DetectorBinding binding,
            Supplier<AnalysisStatus> status,
            Ticker ticker) {
        this.camera = camera;
        this.detectors = detectors;
        this.binding = binding;
        this.status = status;
        this.diagnosis = new AnalysisDiagnosis(camera.settings().analysis(), detectors);
        this.report = new FaultReport(camera::analysisFault, ticker);
    }

    /** Tells the camera what has changed; to be called often. */
    void tick() {
        boolean loading = detectors.supply().map(DetectorSupply::loading).orElse(false);
        report.tick(loading, () -> diagnosis.of(camera.level(), binding.detector(), failure()));
    }

    /** What the camera was told last. */
    Optional<Fault> told() {
        return report.told();
    }

    private Optional<String> failure() {
        Optional<FallbackDetector> instead = binding.standIn();
        return binding.failure()
                .map(words -> words + instead.map(one -> "; " + one.words()).orElse(""))
                .map(words -> binding.detector().isEmpty() ? words + lastKnown() : words);
    }

    private String lastKnown() {
        AnalysisStatus last = status.get();
        return last.lastAnalysed()
                .map(
                        at ->
                                "; last known, at "
                                        + at.truncatedTo(ChronoUnit.SECONDS)
                                        + ": "
                                        + inWords(last.objects()))
                .orElse("");
    }

    private static String inWords(Map<String, Integer> objects) {
        return objects.isEmpty()
                ? "nothing"
                : new TreeMap<>(objects)
                        .entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .collect(joining(", "));
    }
}
