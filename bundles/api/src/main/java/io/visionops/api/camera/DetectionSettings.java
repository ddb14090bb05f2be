package io.visionops.api.camera;

import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Polygon;
import io.visionops.api.geometry.Zone;
import java.util.List;
import java.util.Set;

/**
 * What is looked for in a camera's pictures.
 *
 * @param fps frames a second that are analysed, 1..30
 * @param width of the analysed frames in pixels, even; the height follows the picture
 * @param detector {@code auto}, {@code motion} or the name of an installed model
 * @param objects labels that count; others are ignored
 * @param minScore 0..1; detections below do not start an object
 * @param masks areas that are not looked at
 */
public record DetectionSettings(
        int fps,
        int width,
        String detector,
        Set<String> objects,
        double minScore,
        List<Line> lines,
        List<Zone> zones,
        List<Polygon> masks) {

    public DetectionSettings {
        objects = Set.copyOf(objects);
        lines = List.copyOf(lines);
        zones = List.copyOf(zones);
        masks = List.copyOf(masks);
    }
}
