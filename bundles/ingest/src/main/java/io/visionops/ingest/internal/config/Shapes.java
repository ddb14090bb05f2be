package io.visionops.ingest.internal.config;

import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Polygon;
import java.util.ArrayList;
import java.util.List;

/** Lines and areas as they are written: {@code x,y x,y ...}, relative 0..1. */
final class Shapes {

    private static final int MOST_CORNERS = 64;

    /** Two points nearer than this, in parts of the picture, are one. */
    private static final double SAME = 1e-6;

    private Shapes() {}

    static Line line(String key, String name, String text) throws InvalidSetting {
        List<Point> points = points(key, text);
        if (points.size() != 2) {
            throw InvalidSetting.value(
                    key, text, "must be two points, x1,y1 x2,y2, not " + points.size());
        }
        if (same(points.get(0), points.get(1))) {
            throw InvalidSetting.value(key, text, "the two points must differ");
        }
        return new Line(name, points.get(0), points.get(1));
    }

    static Polygon polygon(String key, String text) throws InvalidSetting {
        List<Point> corners = points(key, text);
        int n = corners.size();
        if (n < 3 || n > MOST_CORNERS) {
            throw InvalidSetting.value(
                    key, text, "must have 3.." + MOST_CORNERS + " corners, x,y x,y ..., not " + n);
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                if (same(corners.get(i), corners.get(j))) {
                    throw InvalidSetting.value(
                            key, text, "names the corner " + show(corners.get(j)) + " twice");
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 2; j < n; j++) {
                boolean neighbours = i == 0 && j == n - 1;
                if (!neighbours
                        && cross(
                                corners.get(i),
                                corners.get(i + 1),
                                corners.get(j),
                                corners.get((j + 1) % n))) {
                    throw InvalidSetting.value(key, text, "the sides of the area must not cross");
                }
            }
        }
        if (Math.abs(area(corners)) < SAME) {
            throw InvalidSetting.value(key, text, "the area must not be empty");
        }
        return new Polygon(corners);
    }

    static List<Polygon> polygons(String key, String text) throws InvalidSetting {
        List<Polygon> areas = new ArrayList<>();
        for (String one : text.split(";", -1)) {
            areas.add(polygon(key, one.strip()));
        }
        return areas;
    }

    private static List<Point> points(String key, String text) throws InvalidSetting {
        List<Point> points = new ArrayList<>();
        if (text.isBlank()) {
            return points;
        }
        for (String pair : text.strip().split("\\s+")) {
            String[] xy = pair.split(",", -1);
            if (xy.length != 2) {
                throw InvalidSetting.value(
                        key, text, "'" + InvalidSetting.shown(pair) + "' is not a point x,y");
            }
            points.add(new Point(coordinate(key, text, xy[0]), coordinate(key, text, xy[1])));
        }
        return points;
    }

    private static double coordinate(String key, String text, String word) throws InvalidSetting {
        if (!word.matches("-?(\\d+(\\.\\d*)?|\\.\\d+)")) {
            throw InvalidSetting.value(
                    key, text, "'" + InvalidSetting.shown(word) + "' is not a number");
        }
        double value = Double.parseDouble(word);
        if (!(value >= 0 && value <= 1)) {
            throw InvalidSetting.value(
                    key, text, InvalidSetting.shown(word) + " lies outside the picture, 0..1");
        }
        return value;
    }

    private static String show(Point point) {
        return point.x() + "," + point.y();
    }

    private static boolean same(Point a, Point b) {
        return Math.abs(a.x() - b.x()) < SAME && Math.abs(a.y() - b.y()) < SAME;
    }

    private static double area(List<Point> corners) {
        double twice = 0;
        for (int i = 0; i < corners.size(); i++) {
            Point a = corners.get(i);
            Point b = corners.get((i + 1) % corners.size());
            twice += a.x() * b.y() - b.x() * a.y();
        }
        return twice / 2;
    }

    /** Whether two sides that are not neighbours touch or cross. */
    private static boolean cross(Point a, Point b, Point c, Point d) {
        double abc = side(a, b, c);
        double abd = side(a, b, d);
        double cda = side(c, d, a);
        double cdb = side(c, d, b);
        if (abc * abd < 0 && cda * cdb < 0) {
            return true;
        }
        return (abc == 0 && between(a, b, c))
                || (abd == 0 && between(a, b, d))
                || (cda == 0 && between(c, d, a))
                || (cdb == 0 && between(c, d, b));
    }

    private static double side(Point a, Point b, Point p) {
        return (b.x() - a.x()) * (p.y() - a.y()) - (b.y() - a.y()) * (p.x() - a.x());
    }

    private static boolean between(Point a, Point b, Point p) {
        return p.x() >= Math.min(a.x(), b.x())
                && p.x() <= Math.max(a.x(), b.x())
                && p.y() >= Math.min(a.y(), b.y())
                && p.y() <= Math.max(a.y(), b.y());
    }
}
