package io.visionops.shell.internal.json;

/**
 * A change of a secret.
 *
 * @param done {@code set}, {@code removed}
 */
public record SecretDocument(String secret, String done) {}
