package io.visionops.updater.internal.install;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cameras;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How everything was before an update; what comes out of it may not be worse. Persisted over a
 * restart.
 *
 * @param streaming cameras that gave pictures
 * @param analysed cameras whose pictures were looked at
 * @param checks status of each check by its name
 * @param processors what the Java machine took of them all, since its start; 1 where nobody knows
 */
public record Baseline(
        Set<String> streaming,
        Set<String> analysed,
        Map<String, HealthStatus> checks,
        double processors) {

    /** Of nothing that was seen: nothing can be worse. */
    static final Baseline UNKNOWN = new Baseline(Set.of(), Set.of(), Map.of(), 1);

    private static final Duration FRESH = Duration.ofSeconds(5);

    public Baseline {
        streaming = Set.copyOf(streaming);
        analysed = Set.copyOf(analysed);
        checks = Map.copyOf(checks);
    }

    static Baseline take(Surroundings parts, Clock clock) {
        return new Baseline(
                parts.cameras().map(Cameras::list).orElse(List.of()).stream()
                        .map(Camera::status)
                        .filter(status -> status.state() == CameraState.STREAMING)
                        .map(CameraStatus::camera)
                        .collect(toUnmodifiableSet()),
                analysedSince(parts, clock.instant().minus(FRESH)),
                parts.health().flatMap(one -> one.report()).map(Baseline::checks).orElse(Map.of()),
                ProcessorUse.sinceStart());
    }

    /** Cameras of which a frame was looked at that is not older. */
    static Set<String> analysedSince(Surroundings parts, Instant time) {
        return parts.analyses().map(one -> one.statuses()).orElse(List.of()).stream()
                .filter(one -> one.lastAnalysed().filter(time::isBefore).isPresent())
                .map(AnalysisStatus::camera)
                .collect(toUnmodifiableSet());
    }

    /** Each check on its own, also one that another explains. */
    static Map<String, HealthStatus> checks(HealthReport report) {
        Map<String, HealthStatus> checks = new HashMap<>();
        put(report.checks(), checks);
        return checks;
    }

    private static void put(List<HealthNode> nodes, Map<String, HealthStatus> checks) {
        for (HealthNode node : nodes) {
            checks.put(node.name(), node.status());
            put(node.children(), checks);
        }
    }
}
