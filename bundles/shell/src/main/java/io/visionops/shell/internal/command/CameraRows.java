package io.visionops.shell.internal.command;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.api.camera.Cameras;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.json.CameraRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What several commands read of cameras. */
final class CameraRows {

    private CameraRows() {}

    /** Every camera, with its analysis where there is one. */
    static List<CameraRow> read(Cameras cameras, List<AnalysisStatus> analyses) {
        Map<String, AnalysisStatus> byCamera = byCamera(analyses);
        return cameras.list().stream()
                .map(one -> CameraRow.of(one, Optional.ofNullable(byCamera.get(name(one)))))
                .toList();
    }

    static Map<String, AnalysisStatus> byCamera(List<AnalysisStatus> analyses) {
        return analyses.stream()
                .collect(
                        Collectors.toMap(AnalysisStatus::camera, Function.identity(), (a, b) -> b));
    }

    private static String name(Camera camera) {
        return camera.settings().name();
    }

    /**
     * @throws CommandException when there is no such camera, with the names there are
     */
    static Camera named(Cameras cameras, String name) {
        List<Camera> all = cameras.list();
        return all.stream()
                .filter(camera -> camera.settings().name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CommandException(
                                        Plain.line(
                                                "there is no camera "
                                                        + name
                                                        + (all.isEmpty()
                                                                ? "; none is configured"
                                                                : "; there is " + names(all)))));
    }

    private static String names(List<Camera> cameras) {
        return cameras.stream()
                .map(camera -> camera.settings().name())
                .collect(Collectors.joining(", "));
    }
}
