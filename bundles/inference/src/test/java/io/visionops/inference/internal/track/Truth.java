package io.visionops.inference.internal.track;

import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where people really were, by an annotation in the form of the MOT Challenge. */
public final class Truth {

    private final Map<Integer, List<Sample>> frames = new HashMap<>();

    /** Crossings each way. */
    record Crossings(int in, int out) {}

    public static Truth read(Path file, double width, double height) throws IOException {
        Truth truth = new Truth();
        for (String row : Files.readAllLines(file)) {
            String[] fields = row.split(",");
            double left = Double.parseDouble(fields[2]);
            double top = Double.parseDouble(fields[3]);
            double right = left + Double.parseDouble(fields[4]);
            double bottom = top + Double.parseDouble(fields[5]);
            truth.frames
                    .computeIfAbsent(Integer.parseInt(fields[0]), frame -> new ArrayList<>())
                    .add(
                            new Sample(
                                    Long.parseLong(fields[1]),
                                    new Box(
                                            left / width,
                                            top / height,
                                            right / width,
                                            bottom / height)));
        }
        return truth;
    }

    public List<Sample> at(int frame) {
        return frames.getOrDefault(frame, List.of());
    }

    /** How often the feet of anyone crossed a line, from frame to frame. */
    Crossings crossings(Line line, int lastFrame) {
        Map<Long, Point> before = new HashMap<>();
        int in = 0;
        int out = 0;
        for (int frame = 1; frame <= lastFrame; frame++) {
            for (Sample sample : at(frame)) {
                Point now = sample.box().bottomCentre();
                Point then = before.put(sample.id(), now);
                if (then != null && meet(line, then, now)) {
                    if (right(line.from(), line.to(), now)) {
                        in++;
                    } else {
                        out++;
                    }
                }
            }
        }
        return new Crossings(in, out);
    }

    private static boolean meet(Line line, Point a, Point b) {
        return right(line.from(), line.to(), a) != right(line.from(), line.to(), b)
                && right(a, b, line.from()) != right(a, b, line.to());
    }

    private static boolean right(Point from, Point to, Point place) {
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        return dx * (place.y() - from.y()) - dy * (place.x() - from.x()) > 0;
    }
}
