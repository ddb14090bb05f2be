package io.visionops.itests;

import io.visionops.testkit.scene.Scenes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the database holds of a camera that saw the {@link Scenes#procession}. There somebody
 * crosses the door in each direction every four seconds for ever, so the truth needs no second
 * observer: from one crossing of a direction to the next there are forty frames. Eighty are a
 * crossing that was lost, none are one that was counted twice. Somebody is in the picture at any
 * time, so every frame that is looked at leaves its tracks.
 *
 * <p>Frames are counted and not seconds: when the whole machine stands still the stream falls
 * behind the clock, and nobody crosses in frames that were not taken. By how much it fell behind
 * says {@link #behind}; that is also where frames show that were left out without a number.
 */
final class ProcessionRecord {

    /** Of the cameras, and of the scene. */
    private static final int FPS = 10;

    private static final long FRAME_MILLIS = 1000 / FPS;

    /** From one crossing to the next of the same direction. */
    private static final double SLOT = FPS * Scenes.PROCESSION_INTERVAL;

    /** Rows of events and tracks are numbered by time and the number within the millisecond. */
    private static final int NUMBER_BITS = 20;

    private final List<Look> looks;
    private final List<Crossing> crossings;
    private final long counted;

    /** One frame in which somebody was followed; times in milliseconds since 1970. */
    record Look(long time, long frame) {}

    /**
     * @param time of the frame in which it was seen
     */
    record Crossing(long time, String direction, long track) {}

    /**
     * Crossings compared with the truth.
     *
     * @param seen all of them
     * @param lost that the frames say there must have been
     * @param doubled more than one in the time of one
     * @param counted what the counts add up to
     * @param identities that were given to those who crossed and to nobody else in between
     */
    record Tally(int seen, int lost, int doubled, long counted, long identities) {

        Tally plus(Tally other) {
            return new Tally(
                    seen + other.seen,
                    lost + other.lost,
                    doubled + other.doubled,
                    counted + other.counted,
                    identities + other.identities);
        }
    }

    /**
     * @param looks oldest first, as the crossings
     * @param counted what the counts add up to
     */
    ProcessionRecord(List<Look> looks, List<Crossing> crossings, long counted) {
        this.looks = List.copyOf(looks);
        this.crossings = List.copyOf(crossings);
        this.counted = counted;
    }

    /** Reads what is there of a camera by now; the instance may run. */
    static ProcessionRecord of(Instance instance, String camera) throws SQLException {
        Path file = instance.data().resolve("visionops/visionops.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            return new ProcessionRecord(
                    read(
                            connection,
                            "SELECT seq, frame FROM tracks WHERE camera = ? ORDER BY seq",
                            camera,
                            row -> new Look(row.getLong(1) >> NUMBER_BITS, row.getLong(2))),
                    read(
                            connection,
                            "SELECT time, direction, track FROM events"
                                    + " WHERE camera = ? AND type = 'crossing' ORDER BY seq",
                            camera,
                            row -> new Crossing(row.getLong(1), row.getString(2), row.getLong(3))),
                    read(
                                    connection,
                                    "SELECT coalesce(sum(count), 0) FROM counts WHERE camera = ?",
                                    camera,
                                    row -> row.getLong(1))
                            .get(0));
        }
    }

    /** What a row means. */
    @FunctionalInterface
    private interface Meaning<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> read(
            Connection connection, String query, String camera, Meaning<T> meaning)
            throws SQLException {
        List<T> all = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, camera);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(meaning.of(rows));
                }
            }
        }
        return all;
    }

    /** The longest time between two frames that were looked at, in milliseconds. */
    long longestGap(Instant from, Instant to) {
        long longest = 0;
        for (int i = 1; i < looks.size(); i++) {
            if (overlaps(i, from, to)) {
                longest = Math.max(longest, looks.get(i).time() - looks.get(i - 1).time());
            }
        }
        return longest;
    }

    /** Frames that were numbered and not looked at. */
    long missed(Instant from, Instant to) {
        long missed = 0;
        for (int i = 1; i < looks.size(); i++) {
            if (overlaps(i, from, to)) {
                missed += Math.max(0, looks.get(i).frame() - looks.get(i - 1).frame() - 1);
            }
        }
        return missed;
    }

    /** Places at which the numbers of frames do not rise: they began anew. */
    long restarts() {
        long restarts = 0;
        for (int i = 1; i < looks.size(); i++) {
            restarts += looks.get(i).frame() <= looks.get(i - 1).frame() ? 1 : 0;
        }
        return restarts;
    }

    private boolean overlaps(int next, Instant from, Instant to) {
        return looks.get(next).time() > from.toEpochMilli()
                && looks.get(next - 1).time() < to.toEpochMilli();
    }

    /** By how many milliseconds the stream fell behind the clock, at most. */
    long behind() {
        long behind = 0;
        long best = Long.MAX_VALUE;
        for (Look look : looks) {
            long late = look.time() - look.frame() * FRAME_MILLIS;
            best = Math.min(best, late);
            behind = Math.max(behind, late - best);
        }
        return behind;
    }

    Tally tally() {
        Tally in = tally("in");
        Tally out = tally("out");
        long least = crossings.stream().mapToLong(Crossing::track).min().orElse(0);
        long most = crossings.stream().mapToLong(Crossing::track).max().orElse(-1);
        return in.plus(out).plus(new Tally(0, 0, 0, counted, most - least + 1));
    }

    private Tally tally(String direction) {
        List<Crossing> all =
                crossings.stream()
                        .filter(crossing -> crossing.direction().equals(direction))
                        .toList();
        int lost = 0;
        int doubled = 0;
        for (int i = 1; i < all.size(); i++) {
            long time = all.get(i).time() - all.get(i - 1).time();
            long frames = frameAt(all.get(i).time()) - frameAt(all.get(i - 1).time());
            long due = Math.round(frames / SLOT);
            if (due > 1) {
                lost += (int) due - 1;
            } else if (due < 1 && Math.round(time / FRAME_MILLIS / SLOT) < 1) {
                // Not where a source that was late has left out frames.
                doubled++;
            }
        }
        return new Tally(all.size(), lost, doubled, 0, 0);
    }

    /** The number of the last frame up to a time. */
    private long frameAt(long time) {
        int from = 0;
        int to = looks.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (looks.get(middle).time() <= time) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return looks.get(Math.max(0, from - 1)).frame();
    }
}
