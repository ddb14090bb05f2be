package io.visionops.shell.internal.json;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.frame.FrameCounts;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera's frames went.
 *
 * @param received {@code analysed + gated +} all of {@code dropped}
 * @param dropped by reason
 * @param waiting not yet part of {@code received}
 * @param detectMs of one detector call; null while nothing analyses the camera
 * @param commitMs from a complete frame to its committed rows, likewise
 */
public record FramesRow(
        String camera,
        long received,
        long analysed,
        long gated,
        SortedMap<String, Long> dropped,
        int waiting,
        @Nullable LatencyDocument detectMs,
        @Nullable LatencyDocument commitMs) {

    public static FramesRow of(
            String camera, FrameCounts counts, Optional<AnalysisStatus> analysis) {
        return new FramesRow(
                camera,
                counts.received(),
                counts.analysed(),
                counts.gated(),
                new TreeMap<>(counts.dropped()),
                counts.waiting(),
                analysis.map(one -> LatencyDocument.of(one.detectTime())).orElse(null),
                analysis.map(one -> LatencyDocument.of(one.commitTime())).orElse(null));
    }
}
