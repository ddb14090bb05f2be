package io.visionops.inference.internal.count;

import io.visionops.api.geometry.Line;

/** Where places lie as seen from a counting line, in picture heights. */
final class Tripwire {

    private final String name;
    private final String key;
    private final double fromX;
    private final double fromY;
    private final double alongX;
    private final double alongY;
    private final double length;

    /**
     * @param aspect width by height of the picture in pixels
     */
    Tripwire(Line line, double aspect) {
        name = line.name();
        key = name + ' ' + line.from() + ' ' + line.to();
        fromX = line.from().x() * aspect;
        fromY = line.from().y();
        double dx = line.to().x() * aspect - fromX;
        double dy = line.to().y() - fromY;
        length = Math.hypot(dx, dy);
        alongX = length == 0 ? 0 : dx / length;
        alongY = length == 0 ? 0 : dy / length;
    }

    String name() {
        return name;
    }

    /**
     * Changes when the line is moved: what is known of paths at its old place is of no use then.
     */
    String key() {
        return key;
    }

    /**
     * Distance from the endless line: above 0 to the right of who looks along it on the picture,
     * whose y axis points down.
     */
    double right(double x, double y) {
        return alongX * (y - fromY) - alongY * (x - fromX);
    }

    /** Whether a place on the endless line lies between its ends, or that close to one of them. */
    boolean holds(double x, double y, double reach) {
        double along = alongX * (x - fromX) + alongY * (y - fromY);
        return along >= -reach && along <= length + reach;
    }
}
