package io.visionops.shell.internal.json;

/**
 * A change of a user.
 *
 * @param done {@code added}, {@code removed}, {@code changed}
 */
public record UserDocument(String user, String done) {}
