package io.visionops.shell.internal.json;

/**
 * Secrets are encrypted anew.
 *
 * @param rotated how many
 */
public record SecretsRotated(int rotated) {}
