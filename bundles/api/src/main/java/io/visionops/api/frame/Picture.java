package io.visionops.api.frame;

import java.time.Instant;

/**
 * An encoded picture.
 *
 * @param jpeg the bytes; not copied, do not change them
 */
public record Picture(String camera, Instant capturedAt, int width, int height, byte[] jpeg) {}
