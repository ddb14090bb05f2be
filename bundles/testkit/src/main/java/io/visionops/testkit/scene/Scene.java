package io.visionops.testkit.scene;

import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import java.util.List;
import java.util.Optional;

/**
 * A place with walkers, seen by a fixed camera.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param fps frames a second
 * @param seconds length
 * @param walkers drawn from the farthest to the nearest
 * @param pillars stand in front of every walker
 */
public record Scene(
        String name,
        int width,
        int height,
        int fps,
        double seconds,
        List<Walker> walkers,
        List<Box> pillars) {

    public Scene {
        walkers = List.copyOf(walkers);
        pillars = List.copyOf(pillars);
    }

    /** True crossings of a line. */
    public record Crossings(int in, int out) {}

    public int frames() {
        return (int) Math.round(seconds * fps);
    }

    /**
     * Counts how often the feet of all walkers cross a line: {@code in} from its left to its right
     * as a viewer sees it who looks along it.
     */
    public Crossings crossings(Line line) {
        int in = 0;
        int out = 0;
        for (Walker walker : walkers) {
            Optional<Point> before = Optional.empty();
            for (int frame = 0; frame < frames(); frame++) {
                Optional<Point> now = walker.feet((double) frame / fps);
                if (before.isPresent()
                        && now.isPresent()
                        && intersects(line, before.get(), now.get())) {
                    if (side(line.from(), line.to(), now.get()) > 0) {
                        in++;
                    } else {
                        out++;
                    }
                }
                before = now.isPresent() ? now : before;
            }
        }
        return new Crossings(in, out);
    }

    private static boolean intersects(Line line, Point a, Point b) {
        return side(line.from(), line.to(), a) > 0 != side(line.from(), line.to(), b) > 0
                && side(a, b, line.from()) > 0 != side(a, b, line.to()) > 0;
    }

    /**
     * Above 0 when {@code p} is right of the way from {@code a} to {@code b} in a picture, whose y
     * axis points down.
     */
    private static double side(Point a, Point b, Point p) {
        return (b.x() - a.x()) * (p.y() - a.y()) - (b.y() - a.y()) * (p.x() - a.x());
    }
}
