package io.visionops.shell.internal.json;

import io.visionops.api.log.LogLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log.
 *
 * @param level {@code trace}, {@code debug}, {@code info}, {@code warn}, {@code error}
 * @param exception stack trace; empty for none
 */
public record LogRow(
        Instant time,
        String level,
        String part,
        @Nullable String camera,
        @Nullable String correlation,
        String logger,
        String thread,
        String message,
        String exception) {

    public static LogRow of(LogLine line) {
        return new LogRow(
                line.time(),
                line.level().word(),
                line.part(),
                line.camera().orElse(null),
                line.correlation().orElse(null),
                line.logger(),
                line.thread(),
                line.message(),
                line.exception());
    }
}
