package io.visionops.health.internal.round;

import io.visionops.api.health.HealthStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A check has another status than before.
 *
 * @param before empty when it is new
 */
public record StatusChange(CheckResult result, Optional<HealthStatus> before, Instant time) {}
