package io.visionops.shell.internal.command;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.json.CapabilitiesDocument.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is done for cameras, from what they and their analyses say of themselves. */
final class CameraCapabilities {

    private static final Set<String> CHOOSES = Set.of("auto", "");

    private final Parts parts;
    private final Optional<Cameras> cameras;
    private final Optional<Analyses> analyses;
    private final List<Camera> enabled;
    private final Map<String, AnalysisStatus> byCamera;

    CameraCapabilities(Parts parts) {
        this.parts = parts;
        cameras = parts.find(Part.CAMERAS);
        analyses = parts.find(Part.ANALYSES);
        enabled =
                cameras.map(Cameras::list).orElse(List.of()).stream()
                        .filter(camera -> camera.settings().enabled())
                        .toList();
        byCamera = CameraRows.byCamera(analyses.map(Analyses::statuses).orElse(List.of()));
    }

    Row watching() {
        String safeMode = System.getProperty("visionops.safe.mode", "");
        if (!safeMode.isEmpty()) {
            return Capability.absent("cameras", "safe mode, without cameras: " + safeMode);
        }
        if (cameras.isEmpty()) {
            return Capability.absent("cameras", parts.missing(Part.CAMERAS));
        }
        if (enabled.isEmpty()) {
            return Capability.absent("cameras", "no camera is enabled: camera-add NAME URL");
        }
        List<String> reasons = new ArrayList<>();
        long watched = 0;
        for (Camera camera : enabled) {
            if (isWatched(camera)) {
                watched++;
                lowered(camera).ifPresent(reasons::add);
            } else {
                reasons.add(lost(camera));
            }
        }
        return Capability.of("cameras", watched, enabled.size(), "watched", reasons);
    }

    /** Pictures come, or the file that it is was read to its end. */
    private static boolean isWatched(Camera camera) {
        return switch (camera.status().state()) {
            case STREAMING, DEGRADED -> true;
            case IDLE -> fault(camera, Cause.PAUSED).isEmpty();
            default -> false;
        };
    }

    private static String lost(Camera camera) {
        return name(camera)
                + " is "
                + camera.status().state()
                + camera.status().fault().map(fault -> ": " + words(fault)).orElse("");
    }

    private static String words(Fault fault) {
        return fault.cause().words() + (fault.detail().isEmpty() ? "" : ", " + fault.detail());
    }

    private static Optional<String> lowered(Camera camera) {
        ServiceLevel level = camera.level();
        Optional<String> degraded =
                camera.status().state() == CameraState.DEGRADED
                        ? Optional.of(lost(camera))
                        : Optional.empty();
        return level.equals(ServiceLevel.FULL)
                ? degraded
                : Optional.of(name(camera) + ": " + level.words() + asker(camera));
    }

    private static String asker(Camera camera) {
        return camera.requests().stream()
                .findFirst()
                .map(LevelRequest::words)
                .map(words -> " (" + words + ")")
                .orElse("");
    }

    Row counting() {
        if (analyses.isEmpty()) {
            return Capability.absent("counting", parts.missing(Part.ANALYSES));
        }
        List<String> reasons = new ArrayList<>();
        long counted = 0;
        for (Camera camera : enabled) {
            Optional<String> trouble = trouble(camera);
            if (isWatched(camera) && detector(camera).isPresent()) {
                counted++;
                trouble.ifPresent(reasons::add);
            } else {
                reasons.add(trouble.orElse(name(camera) + " is not analysed"));
            }
        }
        return enabled.isEmpty()
                ? Capability.absent("counting", "no camera is enabled")
                : Capability.of("counting", counted, enabled.size(), "counted", reasons);
    }

    /** What keeps a camera from counting all that it is set to count. */
    private static Optional<String> trouble(Camera camera) {
        if (!isWatched(camera)) {
            return Optional.of(name(camera) + " is " + camera.status().state());
        }
        Optional<Fault> fault =
                fault(camera, Cause.DETECTOR).or(() -> fault(camera, Cause.OBJECTS));
        if (fault.isPresent()) {
            return Optional.of(name(camera) + ": " + words(fault.get()));
        }
        return camera.level().compareTo(ServiceLevel.KEYFRAMES) <= 0
                ? Optional.of(name(camera) + ": " + camera.level().words())
                : Optional.empty();
    }

    Row detectors() {
        Map<String, Long> used =
                enabled.stream()
                        .flatMap(camera -> detector(camera).stream())
                        .collect(
                                Collectors.groupingBy(
                                        Function.identity(), TreeMap::new, Collectors.counting()));
        if (used.isEmpty()) {
            return Capability.absent(
                    "detectors",
                    analyses.isEmpty() ? parts.missing(Part.ANALYSES) : "none is in use");
        }
        List<String> reasons = new ArrayList<>();
        for (Camera camera : enabled) {
            Optional<Fault> fault = fault(camera, Cause.DETECTOR);
            String set = camera.settings().analysis().detector();
            if (fault.isPresent()) {
                reasons.add(name(camera) + ": " + words(fault.get()));
            } else if (detector(camera).filter(one -> isOther(one, set)).isPresent()) {
                reasons.add(
                        name(camera)
                                + " uses "
                                + detector(camera).get()
                                + " in the place of "
                                + set);
            }
        }
        String detail =
                used.entrySet().stream()
                        .map(one -> one.getKey() + " (" + one.getValue() + ")")
                        .collect(Collectors.joining(", "));
        return Capability.full("detectors", detail, reasons);
    }

    private static boolean isOther(String used, String set) {
        return !CHOOSES.contains(set) && !used.equals(set);
    }

    private Optional<String> detector(Camera camera) {
        return Optional.ofNullable(byCamera.get(name(camera))).flatMap(AnalysisStatus::detector);
    }

    private static Optional<Fault> fault(Camera camera, Cause cause) {
        return camera.status().fault().filter(fault -> fault.cause() == cause);
    }

    private static String name(Camera camera) {
        return Plain.line(camera.settings().name());
    }
}
