package io.visionops.api.query;

import java.time.Instant;
import java.util.Optional;

/**
 * Which frames' objects to read.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record TrackQuery(String camera, Optional<Instant> from, Optional<Instant> to) {}
