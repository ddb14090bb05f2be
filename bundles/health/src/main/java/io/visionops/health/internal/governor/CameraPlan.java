package io.visionops.health.internal.governor;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.subject.Actor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a level means for each camera. */
final class CameraPlan {

    static final Actor GOVERNOR = Actor.part("governor");

    private CameraPlan() {}

    /** By name, of those that are enabled. */
    static Map<String, ServiceLevel> of(GovernorLevel level, Collection<CameraSettings> cameras) {
        int boundary = boundary(cameras);
        Map<String, ServiceLevel> plan = new TreeMap<>();
        for (CameraSettings camera : cameras) {
            if (camera.enabled()) {
                plan.put(
                        camera.name(),
                        level.of(camera.priority() <= boundary, camera.analysis().fps()));
            }
        }
        return plan;
    }

    /**
     * The highest priority that is low: that of the lower half of the cameras. Those of one
     * priority are treated alike; where all have the same, all are low.
     */
    private static int boundary(Collection<CameraSettings> cameras) {
        List<Integer> priorities =
                cameras.stream()
                        .filter(CameraSettings::enabled)
                        .map(CameraSettings::priority)
                        .sorted()
                        .toList();
        if (priorities.isEmpty()) {
            return 0;
        }
        int highest = priorities.get(priorities.size() - 1);
        int median = priorities.get((priorities.size() - 1) / 2);
        return median < highest
                ? median
                : priorities.stream()
                        .filter(one -> one < highest)
                        .reduce((lower, higher) -> higher)
                        .orElse(highest);
    }

    /**
     * The governor's request that stands at a camera, of this run of the part or an earlier one.
     */
    static Optional<LevelRequest> standing(Camera camera) {
        return camera.requests().stream().filter(one -> one.by().equals(GOVERNOR)).findFirst();
    }

    /** The first level that leaves out what the requests that stand leave out. */
    static GovernorLevel levelOf(Collection<Camera> cameras) {
        List<CameraSettings> settings = cameras.stream().map(Camera::settings).toList();
        for (GovernorLevel level : GovernorLevel.values()) {
            Map<String, ServiceLevel> plan = of(level, settings);
            boolean covers =
                    cameras.stream()
                            .allMatch(
                                    camera ->
                                            standing(camera)
                                                    .map(one -> covers(plan, camera, one))
                                                    .orElse(true));
            if (covers) {
                return level;
            }
        }
        return GovernorLevel.PAUSED;
    }

    private static boolean covers(
            Map<String, ServiceLevel> plan, Camera camera, LevelRequest request) {
        ServiceLevel planned = plan.getOrDefault(camera.settings().name(), ServiceLevel.PAUSED);
        return planned.kind().compareTo(request.level().kind()) >= 0;
    }
}
