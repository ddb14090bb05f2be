package io.visionops.shell.internal.json;

import io.visionops.api.log.LoggerLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From which level on a logger writes.
 *
 * @param until when that of the configuration holds again; null when it is that already
 */
public record LogLevelRow(String logger, String level, @Nullable Instant until) {

    public static LogLevelRow of(LoggerLevel level) {
        return new LogLevelRow(level.logger(), level.level(), level.until().orElse(null));
    }
}
