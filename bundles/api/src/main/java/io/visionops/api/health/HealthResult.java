package io.visionops.api.health;

import java.time.Duration;
import java.time.Instant;

/**
 * What one check said in one round.
 *
 * @param took how long it ran
 */
public record HealthResult(Instant time, HealthStatus status, String cause, Duration took) {}
