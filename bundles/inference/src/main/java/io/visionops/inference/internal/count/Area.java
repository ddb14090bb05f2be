package io.visionops.inference.internal.count;

import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Polygon;
import java.util.List;

/** A polygon in picture heights. */
final class Area {

    private final double[] xs;
    private final double[] ys;

    /**
     * @param aspect width by height of the picture in pixels
     */
    Area(Polygon polygon, double aspect) {
        List<Point> corners = polygon.corners();
        xs = new double[corners.size()];
        ys = new double[corners.size()];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = corners.get(i).x() * aspect;
            ys[i] = corners.get(i).y();
        }
    }

    /** By the even-odd rule. */
    boolean contains(double x, double y) {
        boolean inside = false;
        for (int i = 0, before = xs.length - 1; i < xs.length; before = i++) {
            if (ys[i] > y != ys[before] > y) {
                double share = (y - ys[i]) / (ys[before] - ys[i]);
                if (x < xs[i] + share * (xs[before] - xs[i])) {
                    inside = !inside;
                }
            }
        }
        return inside;
    }

    /** Distance to the nearest edge. */
    double edge(double x, double y) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0, before = xs.length - 1; i < xs.length; before = i++) {
            double dx = xs[i] - xs[before];
            double dy = ys[i] - ys[before];
            double square = dx * dx + dy * dy;
            double along = (x - xs[before]) * dx + (y - ys[before]) * dy;
            double share = square == 0 ? 0 : Math.max(0, Math.min(1, along / square));
            nearest =
                    Math.min(
                            nearest,
                            Math.hypot(x - xs[before] - share * dx, y - ys[before] - share * dy));
        }
        return nearest;
    }
}
