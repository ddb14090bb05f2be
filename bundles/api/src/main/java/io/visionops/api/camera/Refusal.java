package io.visionops.api.camera;

/**
 * A configuration file that is not in force; the last good settings are.
 *
 * @param file its name, without folder
 * @param reason one line: key, value and what is allowed
 */
public record Refusal(String file, String reason) {}
