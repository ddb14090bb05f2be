package io.visionops.inference.internal.detector;

/**
 * What a detector has learned of one camera.
 *
 * @param detector by its name
 * @param document the detector's own; not copied
 */
public record DetectorState(String detector, byte[] document) {}
