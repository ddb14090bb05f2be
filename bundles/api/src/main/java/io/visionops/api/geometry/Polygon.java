package io.visionops.api.geometry;

import java.util.List;

/**
 * A closed area; the last corner joins the first.
 *
 * @param corners at least three
 */
public record Polygon(List<Point> corners) {

    public Polygon {
        corners = List.copyOf(corners);
        if (corners.size() < 3) {
            throw new IllegalArgumentException(
                    "a polygon needs three corners, not " + corners.size());
        }
    }
}
