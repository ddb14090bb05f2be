package io.visionops.inference.internal.health;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.visionops.inference.internal.pipeline.AnalysisView;
import io.visionops.support.breaker.BreakerStatus;
import io.visionops.support.journal.JournalState;
import java.util.List;
import java.util.Set;

/**
 * How inference did at one moment.
 *
 * @param analyses ordered by camera
 * @param detectors names of those that are there
 * @param breakers of the outside calls
 * @param hungCalls of detectors, whose threads are given up
 */
record InferenceSample(
        List<AnalysisView> analyses,
        List<String> detectors,
        List<BreakerStatus> breakers,
        int hungCalls,
        JournalState journal) {

    InferenceSample {
        analyses = List.copyOf(analyses);
        detectors = List.copyOf(detectors);
        breakers = List.copyOf(breakers);
    }

    Set<String> cameras() {
        return analyses.stream().map(AnalysisView::camera).collect(toUnmodifiableSet());
    }
}
