package io.visionops.inference.internal.count;

/** How many objects of a label stand in a zone now. */
public record ZoneCount(String zone, String label, int objects) {}
