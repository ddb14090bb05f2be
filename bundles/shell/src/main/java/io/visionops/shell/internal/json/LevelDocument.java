package io.visionops.shell.internal.json;

import io.visionops.api.camera.ServiceLevel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much of a camera is to be decoded.
 *
 * @param level {@code full}, {@code reduced} or {@code keyframes}
 * @param fps frames a second at most; null unless {@code reduced}
 */
public record LevelDocument(String camera, String level, @Nullable Integer fps) {

    public static LevelDocument of(String camera, ServiceLevel level) {
        return new LevelDocument(
                camera,
                level.kind().name().toLowerCase(Locale.ROOT),
                level.kind() == ServiceLevel.Kind.REDUCED ? level.fps() : null);
    }
}
