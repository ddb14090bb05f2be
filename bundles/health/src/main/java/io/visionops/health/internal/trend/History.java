package io.visionops.health.internal.trend;

import io.visionops.support.TheilSen;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A figure over time, and by how much it grows for good. What steps, or has grown and stopped, does
 * not grow; nor does what merely varies. Times are monotonic. Not thread-safe.
 */
final class History {

    /** More points make a slope no better and cost by their square. */
    private static final int MOST = 72;

    /** Fewer than two in each half are no slope. */
    private static final int FEWEST = 4;

    /** How far a rise has to stand out of what the points are off the line, as a rule. */
    private static final double CLEAR = 3;

    /** A slope that half of the time has less than half of has been a step, or is over. */
    private static final double STEADY = 0.5;

    /** Samples come a moment early or late. */
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    private static final double HOUR = Duration.ofHours(1).toNanos();

    /**
     * How long is looked at.
     *
     * @param shortest that says something
     * @param longest that is kept
     */
    record Spans(Duration shortest, Duration longest) {}

    private record Point(Duration at, double value) {}

    private final Spans spans;
    private final Deque<Point> points = new ArrayDeque<>();

    History(Spans spans) {
        this.spans = spans;
    }

    void add(Duration now, double value) {
        points.addLast(new Point(now, value));
        forget(now);
    }

    private void forget(Duration now) {
        Duration oldest = now.minus(spans.longest());
        while (!points.isEmpty() && points.getFirst().at().compareTo(oldest) < 0) {
            points.removeFirst();
        }
    }

    /** For figures that are measured now and then, and read more often. */
    void addIfOther(Duration now, double value) {
        if (points.isEmpty() || points.getLast().value() != value) {
            add(now, value);
        }
    }

    void clear() {
        points.clear();
    }

    /**
     * By how much it grows an hour; empty while that is not known. Looked at are the shortest span,
     * half of the longest and all of it, and the largest growth counts: a long span finds a small
     * one, a short span a new one.
     */
    OptionalDouble growth(Duration now) {
        forget(now);
        if (points.size() < FEWEST || span(List.copyOf(points)).compareTo(least()) < 0) {
            return OptionalDouble.empty();
        }
        double most = -Double.MAX_VALUE;
        for (Duration span :
                List.of(spans.shortest(), spans.longest().dividedBy(2), spans.longest())) {
            List<Point> last = last(span);
            if (last.size() >= FEWEST && span(last).compareTo(least()) >= 0) {
                most = Math.max(most, steady(last));
            }
        }
        return OptionalDouble.of(Math.max(0, most));
    }

    private Duration least() {
        return spans.shortest().minus(TOLERANCE);
    }

    private List<Point> last(Duration span) {
        Duration from = points.getLast().at().minus(span);
        List<Point> all = points.stream().filter(one -> one.at().compareTo(from) >= 0).toList();
        int step = (all.size() + MOST - 1) / MOST;
        List<Point> thinned = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i -= step) {
            thinned.add(0, all.get(i));
        }
        return thinned;
    }

    private static Duration span(List<Point> of) {
        return of.get(of.size() - 1).at().minus(of.get(0).at());
    }

    private static double steady(List<Point> of) {
        double[] hours = of.stream().mapToDouble(one -> one.at().toNanos() / HOUR).toArray();
        double[] values = of.stream().mapToDouble(Point::value).toArray();
        double all = TheilSen.slope(hours, values);
        int n = hours.length;
        double first = slope(hours, values, 0, n / 2);
        double second = slope(hours, values, n / 2, n);
        double least = Math.min(first, second);
        double slope = least >= STEADY * all ? all : Math.min(all, least);
        boolean clear = slope * (hours[n - 1] - hours[0]) >= CLEAR * off(hours, values, all);
        return clear ? slope : 0;
    }

    private static double slope(double[] hours, double[] values, int from, int to) {
        return TheilSen.slope(
                Arrays.copyOfRange(hours, from, to), Arrays.copyOfRange(values, from, to));
    }

    /** The median of the distances from the line. */
    private static double off(double[] hours, double[] values, double slope) {
        double[] rest = new double[hours.length];
        Arrays.setAll(rest, i -> values[i] - slope * hours[i]);
        double middle = TheilSen.median(rest);
        Arrays.setAll(rest, i -> Math.abs(rest[i] - middle));
        return TheilSen.median(rest);
    }
}
