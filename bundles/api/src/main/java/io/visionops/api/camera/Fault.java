package io.visionops.api.camera;

/**
 * A cause and what was seen of it.
 *
 * @param detail for a person, beside the cause's words, credentials masked; may be empty
 */
public record Fault(Cause cause, String detail) {}
