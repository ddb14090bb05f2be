package io.visionops.shell.internal.json;

import io.visionops.api.child.ChildUsage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A child process.
 *
 * @param memory resident bytes, descendants included
 * @param cpuSeconds since its start
 * @param load CPU seconds per second; 1 is one core
 * @param held false while it waits for a part that is being swapped
 */
public record ProcessRow(
        String name,
        long pid,
        Instant started,
        long memory,
        @Nullable Double cpuSeconds,
        @Nullable Double load,
        boolean held) {

    public static ProcessRow of(ChildUsage usage) {
        return new ProcessRow(
                usage.name(),
                usage.process().pid(),
                usage.started(),
                usage.memory(),
                Json.round(usage.cpu().toNanos() / 1e9, 2),
                Json.round(usage.load(), 3),
                usage.held());
    }
}
