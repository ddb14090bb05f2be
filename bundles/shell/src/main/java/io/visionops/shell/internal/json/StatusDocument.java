package io.visionops.shell.internal.json;

import io.visionops.api.camera.ConfigurationError;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How all of it is.
 *
 * @param status {@code well}, {@code degraded} or {@code critical}
 * @param since when this process started
 * @param reasons one line each; also what is worth saying when all is well
 * @param database null when it cannot be read
 */
public record StatusDocument(
        String status,
        Instant since,
        String version,
        List<String> reasons,
        List<CameraRow> cameras,
        List<RefusalRow> refusals,
        @Nullable DatabaseDocument database) {

    /** A configuration file that is not in force. */
    public record RefusalRow(String file, String reason) {

        public static RefusalRow of(ConfigurationError refusal) {
            return new RefusalRow(refusal.file(), refusal.reason());
        }
    }
}
