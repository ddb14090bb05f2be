package io.visionops.api.geometry;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An area in which objects are counted while they stand in it.
 *
 * @param name as in the key {@code zone.NAME}
 * @param loitering after how long in the zone an object is loitering; empty: not watched
 * @param maxOccupancy above how many objects the zone is overcrowded; empty: not watched
 */
public record Zone(
        String name, Polygon area, Optional<Duration> loitering, OptionalInt maxOccupancy) {}
