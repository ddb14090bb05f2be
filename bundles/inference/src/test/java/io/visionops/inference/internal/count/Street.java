package io.visionops.inference.internal.count;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Zone;
import io.visionops.api.journal.Event;
import io.visionops.inference.internal.track.Tracker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;

/**
 * People on a street as a perfect detector with a little noise sees them, followed and counted by
 * the real tracker and counter. The picture is 4:3, people are 0.2 of its height tall.
 */
final class Street {

    static final double ASPECT = 4.0 / 3;
    static final double TALL = 0.2;

    /** Upright through the middle; whoever walks to the right comes in. */
    static final Line DOOR = new Line("door", new Point(0.5, 1), new Point(0.5, 0));

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double NOISE = 0.03;

    /** Where someone stands at a time in seconds; empty when nobody sees them. */
    interface Walk extends DoubleFunction<Optional<Point>> {}

    private final List<Walk> walks = new ArrayList<>();
    private final Random random = new Random(11);
    private final DetectionSettings settings;
    private Tracker tracker;
    private Counter counter;
    private double fps = 10;
    private DoublePredicate dropped = time -> false;
    private double now;
    private long frame;
    private double sinceFrame;

    Street(DetectionSettings settings) {
        this.settings = settings;
        tracker = new Tracker(settings.minScore(), ASPECT);
        counter = new Counter("street", settings, ASPECT, UUID::randomUUID);
    }

    static Street with(Line line) {
        return new Street(settings(List.of(line), List.of()));
    }

    static Street with(Zone zone) {
        return new Street(settings(List.of(), List.of(zone)));
    }

    static DetectionSettings settings(List<Line> lines, List<Zone> zones) {
        return new DetectionSettings(
                10, 640, "auto", Set.of("person"), 0.5, lines, zones, List.of());
    }

    /** Goes straight at an even pace, and is seen on the way only. */
    static Walk straight(double x1, double y1, double x2, double y2, double from, double to) {
        return time -> {
            if (time < from || time > to) {
                return Optional.empty();
            }
            double share = (time - from) / (to - from);
            return Optional.of(new Point(x1 + share * (x2 - x1), y1 + share * (y2 - y1)));
        };
    }

    Street at(double framesPerSecond) {
        fps = framesPerSecond;
        return this;
    }

    Street walk(Walk walk) {
        walks.add(walk);
        return this;
    }

    /** Frames at these times do not arrive. */
    Street dropping(DoublePredicate when) {
        dropped = when;
        return this;
    }

    /** Lets time pass. */
    List<Event> run(double seconds) {
        List<Event> events = new ArrayList<>();
        long frames = Math.round(seconds * fps);
        for (long i = 0; i < frames; i++) {
            now += 1 / fps;
            sinceFrame += 1 / fps;
            frame++;
            if (!dropped.test(now)) {
                events.addAll(look());
            }
        }
        return events;
    }

    private List<Event> look() {
        List<Detection> found = new ArrayList<>();
        for (Walk walk : walks) {
            walk.apply(now).ifPresent(point -> found.add(person(point)));
        }
        double seconds = sinceFrame;
        sinceFrame = 0;
        Instant time = START.plusMillis(Math.round(now * 1000));
        return List.copyOf(counter.update(tracker.update(found, seconds, frame), seconds, time));
    }

    private Detection person(Point feet) {
        double height = TALL * (1 + sway());
        double width = 0.4 * TALL * (1 + sway()) / ASPECT;
        double x = feet.x() + sway() * TALL / ASPECT;
        double y = feet.y() + sway() * TALL;
        return new Detection("person", 0.8, new Box(x - width / 2, y - height, x + width / 2, y));
    }

    private double sway() {
        return random.nextGaussian() * NOISE;
    }

    Tracker tracker() {
        return tracker;
    }

    Counter counter() {
        return counter;
    }

    /** Goes on with another tracker and counter, as after a swap. */
    void swap(Tracker nextTracker, Counter nextCounter) {
        tracker = nextTracker;
        counter = nextCounter;
    }

    Counter anotherCounter(DetectionSettings changed) {
        return new Counter("street", changed, ASPECT, UUID::randomUUID);
    }

    DetectionSettings settings() {
        return settings;
    }
}
