package io.visionops.inference.internal.track;

import io.visionops.api.detect.Detection;
import io.visionops.api.geometry.Box;

/** A detection in picture heights, in which both directions measure the same. */
record Look(String label, double score, double x, double y, double width, double height) {

    static Look of(Detection detection, double aspect) {
        Box box = detection.box();
        return new Look(
                detection.label(),
                detection.score(),
                (box.x1() + box.x2()) / 2 * aspect,
                (box.y1() + box.y2()) / 2,
                box.width() * aspect,
                box.height());
    }
}
