package io.visionops.shell.internal.json;

import io.visionops.api.update.AvailableRelease;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release that is not installed.
 *
 * @param refused why it is not installed again; null where it was never gone back from
 */
public record ReleaseDocument(
        long release, String version, Instant expires, @Nullable String refused) {

    public static ReleaseDocument of(AvailableRelease one) {
        return new ReleaseDocument(
                one.number(), one.version(), one.expires(), one.refused().orElse(null));
    }
}
