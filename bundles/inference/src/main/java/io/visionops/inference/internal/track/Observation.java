package io.visionops.inference.internal.track;

import io.visionops.api.detect.Detection;
import io.visionops.api.geometry.Box;

/** A detection in picture heights, in which both directions measure the same. */
record Observation(String label, double score, double x, double y, double width, double height) {

    static Observation of(Detection detection, double aspect) {
        Box box = detection.box();
        return new Observation(
                detection.label(),
                detection.score(),
                (box.x1() + box.x2()) / 2 * aspect,
                (box.y1() + box.y2()) / 2,
                box.width() * aspect,
                box.height());
    }

    /** Intersection over union. */
    double overlap(Observation other) {
        return overlap(other.x, other.y, other.width, other.height);
    }

    double overlap(double otherX, double otherY, double otherWidth, double otherHeight) {
        double shared =
                shared(x, width, otherX, otherWidth) * shared(y, height, otherY, otherHeight);
        double both = width * height + otherWidth * otherHeight;
        return shared == 0 ? 0 : shared / (both - shared);
    }

    private static double shared(double one, double length, double other, double otherLength) {
        double from = Math.max(one - length / 2, other - otherLength / 2);
        double to = Math.min(one + length / 2, other + otherLength / 2);
        return Math.max(0, to - from);
    }
}
