package io.visionops.api.log;

import java.time.Instant;
import java.util.Optional;

/**
 * From which level on a logger, and all below it, write.
 *
 * @param logger {@code ROOT} for what no other is named for
 * @param until when the level of the configuration holds again; empty when it is that already
 */
public record LoggerLevel(String logger, String level, Optional<Instant> until) {}
