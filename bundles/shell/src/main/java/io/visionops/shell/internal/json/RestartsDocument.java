package io.visionops.shell.internal.json;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often the program was started again, and why.
 *
 * @param since when it was started the last time
 * @param safeMode why cameras are left out; null when they are not
 * @param crashes within the last hour, since it was last stopped by somebody
 * @param restarts newest first
 */
public record RestartsDocument(
        Instant since, @Nullable String safeMode, long crashes, List<RestartRow> restarts) {

    public RestartsDocument {
        restarts = List.copyOf(restarts);
    }
}
