package io.visionops.shell.internal.json;

/**
 * A change that is in force.
 *
 * @param done {@code added}, {@code removed}, {@code enabled}, {@code disabled}, {@code
 *     reconnecting}
 */
public record DoneDocument(String camera, String done) {}
