package io.visionops.inference.internal.pipeline;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Fault;
import io.visionops.inference.internal.count.ZoneCount;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The analysis of one camera at one moment, as its meters and checks see it.
 *
 * @param waiting frames that wait to be looked at
 * @param idle since its thread came by last; it does four times a second, whatever the camera does
 * @param fault what the camera was told of its analysis
 * @param passedOver detectors that failed and have a pause
 * @param zones who stands in which zone
 */
public record AnalysisView(
        AnalysisStatus status,
        int waiting,
        Duration idle,
        Optional<Fault> fault,
        Set<String> passedOver,
        List<ZoneCount> zones) {

    public AnalysisView {
        passedOver = Set.copyOf(passedOver);
        zones = List.copyOf(zones);
    }

    public String camera() {
        return status.camera();
    }
}
