package io.visionops.api.camera;

/**
 * A cause and what was seen of it.
 *
 * @param detail the decoder's or the system's own words, credentials masked; may be empty
 */
public record Fault(Cause cause, String detail) {}
