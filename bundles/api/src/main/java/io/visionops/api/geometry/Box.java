package io.visionops.api.geometry;

/**
 * An upright rectangle in the picture; may reach beyond it where an object does.
 *
 * @param x1 left edge
 * @param y1 upper edge
 * @param x2 right edge, not left of {@code x1}
 * @param y2 lower edge, not above {@code y1}
 */
public record Box(double x1, double y1, double x2, double y2) {

    public Box {
        if (!(x2 >= x1 && y2 >= y1)) {
            throw new IllegalArgumentException(
                    "box with negative size: " + x1 + "," + y1 + " " + x2 + "," + y2);
        }
    }

    public double width() {
        return x2 - x1;
    }

    public double height() {
        return y2 - y1;
    }

    public double area() {
        return width() * height();
    }

    /** Where the object stands: what lines and zones look at. */
    public Point bottomCentre() {
        return new Point((x1 + x2) / 2, y2);
    }

    /** Intersection over union, 0..1; 0 for two empty boxes. */
    public double iou(Box other) {
        double w = Math.min(x2, other.x2) - Math.max(x1, other.x1);
        double h = Math.min(y2, other.y2) - Math.max(y1, other.y1);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        double shared = w * h;
        return shared / (area() + other.area() - shared);
    }
}
