package io.visionops.shell.internal.json;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much is done for a camera.
 *
 * @param level that holds: {@code full}, {@code reduced}, {@code keyframes}, {@code motion} or
 *     {@code paused}
 * @param fps frames a second at most; null unless {@code reduced}
 * @param requests the lowest first
 */
public record LevelDocument(
        String camera, String level, @Nullable Integer fps, List<Request> requests) {

    /**
     * What somebody asks for.
     *
     * @param by such as {@code user/anna}
     * @param reason may be empty
     */
    public record Request(String by, String level, @Nullable Integer fps, String reason) {

        static Request of(LevelRequest request) {
            return new Request(
                    request.by().toString(),
                    request.level().kind().word(),
                    rate(request.level()),
                    request.reason());
        }
    }

    public LevelDocument {
        requests = List.copyOf(requests);
    }

    public static LevelDocument of(Camera camera) {
        ServiceLevel level = camera.level();
        return new LevelDocument(
                camera.settings().name(),
                level.kind().word(),
                rate(level),
                camera.requests().stream().map(Request::of).toList());
    }

    private static @Nullable Integer rate(ServiceLevel level) {
        return level.kind() == ServiceLevel.Kind.REDUCED ? level.fps() : null;
    }
}
