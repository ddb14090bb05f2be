package io.visionops.api.camera;

/**
 * A configuration file that is not in force, while the last good settings are; or, as a warning,
 * one that is and should be looked at.
 *
 * @param file its name, without folder
 * @param reason one line: key, value and what is allowed
 */
public record ConfigurationError(String file, String reason) {}
