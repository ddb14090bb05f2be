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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the database holds of a camera that saw the {@link Scenes#procession}. There somebody
 * crosses the door in each direction every four seconds for ever, so the truth needs no second
 * observer: of the crossings of one direction each falls into a slot of its own on a grid of four
 * seconds. An empty slot is a crossing that was lost, a second one in a slot was counted twice.
 * Somebody is in the picture at any time, so every frame that is looked at leaves its tracks.
 */
final class ProcessionRecord {

    private static final long SLOT = 1000L * Scenes.PROCESSION_INTERVAL;

    /** Rows of events and tracks are numbered by time and the number within the millisecond. */
    private static final int NUMBER_BITS = 20;

    private final List<Look> looks = new ArrayList<>();
    private final List<Crossing> crossings = new ArrayList<>();
    private long counted;

    /** One frame in which somebody was followed; times in milliseconds since 1970. */
    private record Look(long time, long frame) {}

    private record Crossing(long time, String direction, long track) {}

    /**
     * Crossings compared with the truth.
     *
     * @param seen all of them
     * @param lost slots without one
     * @param doubled more than one in a slot
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

    private ProcessionRecord() {}

    /** Reads what is there of a camera by now; the instance may run. */
    static ProcessionRecord of(Instance instance, String camera) throws SQLException {
        Path file = instance.data().resolve("visionops/visionops.db");
        ProcessionRecord record = new ProcessionRecord();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            record.read(connection, camera);
        }
        return record;
    }

    private void read(Connection connection, String camera) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT seq, frame FROM tracks WHERE camera = ? ORDER BY seq")) {
            select.setString(1, camera);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    looks.add(new Look(rows.getLong(1) >> NUMBER_BITS, rows.getLong(2)));
                }
            }
        }
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT time, direction, track FROM events"
                                + " WHERE camera = ? AND type = 'crossing' ORDER BY seq")) {
            select.setString(1, camera);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    crossings.add(
                            new Crossing(rows.getLong(1), rows.getString(2), rows.getLong(3)));
                }
            }
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT sum(count) FROM counts WHERE camera = ?")) {
            select.setString(1, camera);
            try (ResultSet rows = select.executeQuery()) {
                counted = rows.next() ? rows.getLong(1) : 0;
            }
        }
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

    Tally tally() {
        Tally in = slots("in");
        Tally out = slots("out");
        long least = crossings.stream().mapToLong(Crossing::track).min().orElse(0);
        long most = crossings.stream().mapToLong(Crossing::track).max().orElse(-1);
        return in.plus(out).plus(new Tally(0, 0, 0, counted, most - least + 1));
    }

    private Tally slots(String direction) {
        List<Long> times =
                crossings.stream()
                        .filter(crossing -> crossing.direction().equals(direction))
                        .map(Crossing::time)
                        .toList();
        if (times.isEmpty()) {
            return new Tally(0, 0, 0, 0, 0);
        }
        double phase = phase(times);
        Set<Long> slots = new HashSet<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (long time : times) {
            long slot = Math.round((time - phase) / SLOT);
            slots.add(slot);
            first = Math.min(first, slot);
            last = Math.max(last, slot);
        }
        int lost = (int) (last - first + 1 - slots.size());
        return new Tally(times.size(), lost, times.size() - slots.size(), 0, 0);
    }

    /** The mean place of all times within a slot, as directions are averaged on a circle. */
    private static double phase(List<Long> times) {
        double x = 0;
        double y = 0;
        for (long time : times) {
            double angle = 2 * Math.PI * Math.floorMod(time, SLOT) / SLOT;
            x += Math.cos(angle);
            y += Math.sin(angle);
        }
        return Math.atan2(y, x) / (2 * Math.PI) * SLOT;
    }
}
