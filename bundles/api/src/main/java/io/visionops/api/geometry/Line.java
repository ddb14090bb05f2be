package io.visionops.api.geometry;

/**
 * A directed counting line. Who crosses from its left to its right, seen along its direction, comes
 * {@code in}.
 *
 * @param name as in the key {@code line.NAME}
 */
public record Line(String name, Point from, Point to) {}
