package io.visionops.testkit.scene;

import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/** The scenes that tests and the demo use. */
public final class Scenes {

    /** Upright through the middle, pointing up: who walks to the right comes in. */
    public static final Line DOOR = new Line("door", new Point(0.5, 1), new Point(0.5, 0.2));

    private static final Color[] COATS = {
        new Color(170, 40, 40),
        new Color(30, 60, 140),
        new Color(225, 225, 215),
        new Color(25, 25, 30),
        new Color(200, 150, 30),
        new Color(40, 110, 60)
    };

    /** In picture widths a second. */
    private static final double SPEED = 0.125;

    private Scenes() {}

    /** One figure crosses the picture from left to right. */
    public static Scene oneWalker() {
        return new Scene(
                "one-walker",
                640,
                360,
                10,
                14,
                List.of(Walker.between(-0.1, 0.8, 1.1, 0.8, 3, 0.13, COATS[0])),
                List.of());
    }

    /**
     * Two groups on different lanes cross in opposite directions and pass each other; one turns
     * back.
     */
    public static Scene groups() {
        List<Walker> walkers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            walkers.add(Walker.between(-0.1, 0.52, 1.1, 0.52, 3 + 2.2 * i, 0.12, COATS[i]));
            walkers.add(Walker.between(1.1, 0.93, -0.1, 0.93, 4 + 2.4 * i, 0.12, COATS[i + 3]));
        }
        walkers.add(
                new Walker(
                        List.of(new Point(-0.1, 0.9), new Point(0.7, 0.9), new Point(-0.1, 0.9)),
                        22,
                        0.14,
                        0.3,
                        COATS[2]));
        walkers.sort((a, b) -> Double.compare(a.path().get(0).y(), b.path().get(0).y()));
        return new Scene("groups", 640, 360, 10, 36, walkers, List.of());
    }

    /**
     * Figures vanish behind a pillar on the line for more than a second and come out on the other
     * side.
     */
    public static Scene pillar() {
        return new Scene(
                "pillar",
                640,
                360,
                10,
                26,
                List.of(
                        Walker.between(-0.1, 0.82, 1.1, 0.82, 3, 0.12, COATS[0]),
                        Walker.between(1.1, 0.82, -0.1, 0.82, 13, 0.12, COATS[1])),
                List.of(new Box(0.46, 0.1, 0.56, 1)));
    }

    /** A minute that loops without a seam: ten figures on two lanes, both ways. */
    public static Scene demo() {
        List<Walker> walkers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            walkers.add(Walker.between(-0.1, 0.55, 1.1, 0.55, 1.5 + 9.5 * i, 0.13, COATS[i]));
        }
        for (int i = 0; i < 5; i++) {
            walkers.add(Walker.between(1.1, 0.92, -0.1, 0.92, 5 + 9.5 * i, 0.12, COATS[5 - i]));
        }
        return new Scene("demo", 640, 360, 10, 60, walkers, List.of());
    }

    /**
     * One figure walks to the line, sways over it a quarter of its height each way, and goes on.
     */
    public static Scene swaying() {
        List<Point> path = new ArrayList<>(List.of(new Point(-0.1, 0.8)));
        for (int i = 0; i < 13; i++) {
            path.add(new Point(0.545, 0.8));
            path.add(new Point(0.455, 0.8));
        }
        path.add(new Point(1.1, 0.8));
        return new Scene(
                "swaying",
                640,
                360,
                10,
                36,
                List.of(new Walker(path, 3, 0.15, 0.3, COATS[0])),
                List.of());
    }

    /**
     * One figure walks to a place on its way across the line, stands still there and goes on.
     *
     * @param x where it stands; the line is at 0.5
     * @param seconds that it stands
     */
    public static Scene standing(double x, double seconds) {
        return new Scene(
                "standing",
                640,
                360,
                10,
                18 + seconds,
                List.of(
                        new Walker(
                                List.of(
                                        new Point(-0.1, 0.8),
                                        new Point(x, 0.8),
                                        new Point(1.1, 0.8)),
                                3,
                                0.12,
                                0.3,
                                COATS[0],
                                seconds)),
                List.of());
    }

    /** Between two crossings of the {@link #procession} in one direction, in seconds. */
    public static final int PROCESSION_INTERVAL = 4;

    /**
     * Figures without end on two lanes, both ways: one crosses in each direction every four
     * seconds. Loops without a seam.
     */
    public static Scene procession() {
        int seconds = COATS.length * PROCESSION_INTERVAL;
        List<Walker> walkers = new ArrayList<>();
        // Those who are on their way when the loop begins have set out before its end.
        for (int i = -2; i < COATS.length; i++) {
            Color coat = COATS[Math.floorMod(i, COATS.length)];
            double start = PROCESSION_INTERVAL * i;
            walkers.add(Walker.between(-0.1, 0.55, 1.1, 0.55, start, SPEED, coat));
        }
        for (int i = -2; i < COATS.length; i++) {
            Color coat = COATS[Math.floorMod(i, COATS.length)];
            double start = PROCESSION_INTERVAL * (i + 0.5);
            walkers.add(Walker.between(1.1, 0.92, -0.1, 0.92, start, SPEED, coat));
        }
        return new Scene("procession", 640, 360, 10, seconds, walkers, List.of());
    }
}
