package io.visionops.inference.internal.track;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.inference.internal.count.Counter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tracks and counts of the reference video against the truth.
 *
 * @param countErrors sum over lines and directions of how many were counted too much or too little
 * @param crossings true ones
 */
record Evaluation(Clear clear, Identity identity, int countErrors, int crossings) {

    private static final double MIN_IOU = 0.5;
    private static final double MIN_SCORE = 0.5;

    /** Across the ways that people take, upright, level and slanting; none was chosen by result. */
    static final List<Line> LINES =
            List.of(
                    line("x20", 0.2, 1, 0.2, 0.3),
                    line("x35", 0.35, 1, 0.35, 0.3),
                    line("x50", 0.5, 1, 0.5, 0.3),
                    line("x65", 0.65, 1, 0.65, 0.25),
                    line("x80", 0.8, 1, 0.8, 0.25),
                    line("y45", 0, 0.45, 1, 0.45),
                    line("y50", 0, 0.5, 1, 0.5),
                    line("y60", 0.3, 0.6, 1, 0.6),
                    line("rising", 0.25, 1, 0.75, 0.25),
                    line("falling", 0.75, 1, 0.3, 0.25));

    private static Line line(String name, double x1, double y1, double x2, double y2) {
        return new Line(name, new Point(x1, y1), new Point(x2, y2));
    }

    /**
     * @param found by frame
     * @param step 1 for every frame, 2 for every second one
     */
    static Evaluation of(
            Map<Integer, List<Detection>> found,
            String label,
            int step,
            Truth truth,
            Tuning tuning) {
        Tracker tracker = new Tracker(MIN_SCORE, ReferenceVideo.ASPECT, tuning);
        Counter counter =
                new Counter("vtest", settings(label), ReferenceVideo.ASPECT, UUID::randomUUID);
        Clear clear = new Clear(MIN_IOU);
        Identity identity = new Identity(MIN_IOU);
        List<Event> events = new ArrayList<>();
        for (int frame = 1; frame <= ReferenceVideo.FRAMES; frame += step) {
            double seconds = frame == 1 ? 0 : 0.1 * step;
            List<Track> tracks =
                    tracker.update(found.getOrDefault(frame, List.of()), seconds, frame);
            events.addAll(counter.update(tracks, seconds, Instant.EPOCH));
            List<Sample> samples =
                    tracks.stream().map(track -> new Sample(track.id(), track.box())).toList();
            clear.frame(truth.at(frame), samples);
            identity.frame(truth.at(frame), samples);
        }
        return withCounts(clear, identity, events, truth);
    }

    private static DetectionSettings settings(String label) {
        return new DetectionSettings(
                10, 768, "auto", Set.of(label), MIN_SCORE, LINES, List.of(), List.of());
    }

    private static Evaluation withCounts(
            Clear clear, Identity identity, List<Event> events, Truth truth) {
        int errors = 0;
        int crossings = 0;
        for (Line line : LINES) {
            Truth.Crossings real = truth.crossings(line, ReferenceVideo.FRAMES);
            errors += Math.abs(real.in() - count(events, line, Direction.IN));
            errors += Math.abs(real.out() - count(events, line, Direction.OUT));
            crossings += real.in() + real.out();
        }
        return new Evaluation(clear, identity, errors, crossings);
    }

    private static int count(List<Event> events, Line line, Direction direction) {
        return (int)
                events.stream()
                        .filter(event -> event.line().orElseThrow().equals(line.name()))
                        .filter(event -> event.direction().orElseThrow() == direction)
                        .count();
    }

    double countError() {
        return (double) countErrors / crossings;
    }

    static String header() {
        return "| detector | frames/s | precision | recall | MOTA | MOTP | IDF1 | switches | count"
                + " errors |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |";
    }

    String row(String detector, int fps) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %d | %d of %d (%.1f %%) |",
                detector,
                fps,
                clear.precision(),
                clear.recall(),
                clear.mota(),
                clear.motp(),
                identity.idf1(),
                clear.switches(),
                countErrors,
                crossings,
                100 * countError());
    }
}
