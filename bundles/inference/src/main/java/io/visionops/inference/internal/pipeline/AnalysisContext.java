package io.visionops.inference.internal.pipeline;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.detector.DetectorRegistry;
import io.visionops.inference.internal.detector.HungCalls;
import io.visionops.inference.internal.handover.AnalysisCheckpoints;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.journal.JournalBuffer;
import java.time.Clock;
import java.util.function.Function;

/**
 * What every analysis works with.
 *
 * @param snapshots events get a picture
 * @param figures for the meters
 */
record AnalysisContext(
        TimeOrderedIds ids,
        JournalBuffer journal,
        AnalysisCheckpoints memories,
        DetectorRegistry detectors,
        Breakers breakers,
        HungCalls hung,
        Function<CameraSettings, Gate> gates,
        Clock clock,
        Ticker ticker,
        boolean snapshots,
        AnalysisFigures figures) {}
