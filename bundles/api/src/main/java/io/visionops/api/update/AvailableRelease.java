package io.visionops.api.update;

import java.time.Instant;
import java.util.Optional;

/**
 * A release in the repository, verified.
 *
 * @param expires until when its signature is good
 * @param refused why it is not installed again; empty for one that was never tried or was good
 */
public record AvailableRelease(
        long number, String version, Instant expires, Optional<String> refused) {}
