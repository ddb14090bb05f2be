package io.visionops.api.geometry;

/**
 * A place in the picture.
 *
 * @param x 0 at the left edge, 1 at the right one
 * @param y 0 at the upper edge, 1 at the lower one
 */
public record Point(double x, double y) {}
