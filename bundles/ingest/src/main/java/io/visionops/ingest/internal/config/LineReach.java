package io.visionops.ingest.internal.config;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether an object can come to both sides of a counting line. It counts where the middle of the
 * lower edge of its box is, which lies in the picture, and must be clear of the line on either side
 * by a tenth of its height. Lengths are parts of the picture.
 */
public final class LineReach {

    /** A tenth of an object that fills a fifth of the picture's height. */
    private static final double CLEAR = 0.02;

    /** No box that ends above is tall enough to be found. */
    private static final double HIGHEST_FEET = 0.03;

    private LineReach() {}

    /** What is wrong with the lines of a camera, one line of text for each. */
    public static List<String> warnings(DetectionSettings analysis) {
        return analysis.lines().stream().flatMap(line -> warning(line).stream()).toList();
    }

    static Optional<String> warning(Line line) {
        double left = 0;
        double right = 0;
        for (Point corner : beside(line)) {
            double side = side(line, corner);
            left = Math.max(left, -side);
            right = Math.max(right, side);
        }
        if (left >= CLEAR && right >= CLEAR) {
            return Optional.empty();
        }
        return Optional.of(
                "line."
                        + line.name()
                        + ": hardly anything can be counted at it, since no object comes clear of"
                        + " it on its "
                        + (left < CLEAR ? right < CLEAR ? "left and right" : "left" : "right")
                        + ": what crosses is the middle of the lower edge of a box; draw it"
                        + " farther from the border of the picture");
    }

    /** Where in the picture feet may stand that pass between the ends of the line. */
    private static List<Point> beside(Line line) {
        List<Point> area =
                List.of(
                        new Point(0, HIGHEST_FEET),
                        new Point(1, HIGHEST_FEET),
                        new Point(1, 1),
                        new Point(0, 1));
        area = before(area, line.from(), line.to());
        return before(area, line.to(), line.from());
    }

    /** The part of an area that lies on that side of an end of a line on which the other end is. */
    private static List<Point> before(List<Point> area, Point end, Point other) {
        List<Point> part = new ArrayList<>();
        for (int i = 0; i < area.size(); i++) {
            Point a = area.get(i);
            Point b = area.get((i + 1) % area.size());
            double atA = along(end, other, a);
            double atB = along(end, other, b);
            if (atA >= 0) {
                part.add(a);
            }
            if (atA >= 0 != atB >= 0) {
                double share = atA / (atA - atB);
                part.add(
                        new Point(
                                a.x() + share * (b.x() - a.x()), a.y() + share * (b.y() - a.y())));
            }
        }
        return part;
    }

    private static double along(Point end, Point other, Point p) {
        return (other.x() - end.x()) * (p.x() - end.x())
                + (other.y() - end.y()) * (p.y() - end.y());
    }

    /** Distance from the line, above 0 to its right. */
    private static double side(Line line, Point p) {
        double dx = line.to().x() - line.from().x();
        double dy = line.to().y() - line.from().y();
        return (dx * (p.y() - line.from().y()) - dy * (p.x() - line.from().x()))
                / Math.hypot(dx, dy);
    }
}
