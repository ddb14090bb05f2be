package io.visionops.inference.internal.pipeline;

/**
 * What a detector has learned of one camera.
 *
 * @param detector by its name
 * @param document the detector's own; not copied
 */
record Learned(String detector, byte[] document) {}
