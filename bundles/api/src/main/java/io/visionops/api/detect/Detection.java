package io.visionops.api.detect;

import io.visionops.api.geometry.Box;

/**
 * An object found in one frame.
 *
 * @param label a COCO name, or {@code moving}
 * @param score 0..1
 */
public record Detection(String label, double score, Box box) {}
