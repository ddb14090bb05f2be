package io.visionops.testkit.scene;

import io.visionops.api.geometry.Point;
import java.awt.Color;
import java.util.List;
import java.util.Optional;

/**
 * A figure that walks along a path at constant speed, once.
 *
 * @param path where its feet stand, from corner to corner, relative to the picture
 * @param start second at which it stands on the first corner
 * @param speed in picture widths a second
 * @param height of the figure relative to the height of the picture
 * @param pause seconds that it stands still on each corner between the first and the last
 */
public record Walker(
        List<Point> path, double start, double speed, double height, Color coat, double pause) {

    public Walker {
        path = List.copyOf(path);
        if (path.size() < 2 || speed <= 0) {
            throw new IllegalArgumentException("a walker needs two corners and a speed above 0");
        }
    }

    /** Walks without a pause. */
    public Walker(List<Point> path, double start, double speed, double height, Color coat) {
        this(path, start, speed, height, coat, 0);
    }

    /** Walks straight from one place to another. */
    public static Walker between(
            double x1, double y1, double x2, double y2, double start, double speed, Color coat) {
        return new Walker(List.of(new Point(x1, y1), new Point(x2, y2)), start, speed, 0.3, coat);
    }

    /** Where the feet are; empty before the walk and after it. */
    Optional<Point> feet(double second) {
        double left = walked(second) * speed;
        if (left < 0) {
            return Optional.empty();
        }
        for (int i = 1; i < path.size(); i++) {
            Point a = path.get(i - 1);
            Point b = path.get(i);
            double length = length(i);
            if (left <= length) {
                double share = left / length;
                return Optional.of(
                        new Point(
                                a.x() + share * (b.x() - a.x()), a.y() + share * (b.y() - a.y())));
            }
            left -= length;
        }
        return Optional.empty();
    }

    /** Seconds that it has walked, pauses left out; below 0 before the walk. */
    double walked(double second) {
        double left = second - start;
        double walked = 0;
        for (int i = 1; i < path.size() - 1 && pause > 0; i++) {
            double way = length(i) / speed;
            if (left <= way) {
                break;
            }
            walked += way;
            left = Math.max(0, left - way - pause);
        }
        return walked + left;
    }

    private double length(int i) {
        Point a = path.get(i - 1);
        Point b = path.get(i);
        return Math.hypot(b.x() - a.x(), b.y() - a.y());
    }
}
