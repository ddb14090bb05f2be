package io.visionops.api.log;

import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How much is logged. A change holds for a time and is kept nowhere: after a restart, and after a
 * swap of the part that offers this, the configuration holds. Thread-safe.
 */
@ProviderType
public interface LogLevels {

    /** Every logger that has a level of its own, ordered by name. */
    List<LoggerLevel> levels();

    /**
     * Sets a level for a time.
     *
     * @param logger {@code ROOT}, or its name
     * @throws IllegalArgumentException with one line when that is not allowed: libraries write what
     *     cameras and people send below the level of {@link LogLevel#INFO}
     */
    void set(String logger, LogLevel level, Duration time, Actor by);

    /** The level of the configuration holds again. */
    void reset(String logger, Actor by);
}
