package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Remembers outside the program every crossing that was ever committed, so that it can tell what
 * the program has lost, changed or counted twice since. It looks at the database again and again,
 * each time by a connection of its own that only reads: one that stayed open would keep the
 * database from being recovered after a kill as it is where nobody watches.
 */
final class CountLedger implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private static final String CROSSINGS =
            "SELECT hex(id) AS id, camera, coalesce(track, -1) AS track, line, label, direction,"
                    + " time, seq, score, x1, y1, x2, y2, zone, detail, subject, severity FROM events"
                    + " WHERE type = 'crossing'";

    private static final String COUNTS =
            "SELECT camera, line, label, direction, sum(count) FROM counts GROUP BY 1, 2, 3, 4";

    private final String url;
    private final ScheduledExecutorService follower =
            Executors.newSingleThreadScheduledExecutor(
                    work -> {
                        Thread thread = new Thread(work, "count-ledger");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** All that was ever there, by id. */
    private final Map<String, Crossing> seen = new HashMap<>();

    /** What was found to be wrong, each once. */
    private final Map<String, String> lost = new LinkedHashMap<>();

    private final Map<String, String> doubled = new LinkedHashMap<>();
    private final Map<String, String> wrong = new LinkedHashMap<>();
    private long looks;

    private CountLedger(Path database) {
        url = "jdbc:sqlite:file:" + database + "?mode=ro";
    }

    /** A ledger that looks when it is asked to. */
    static CountLedger of(Path database) {
        return new CountLedger(database);
    }

    /** A ledger that follows the database of an instance until it is closed. */
    static CountLedger following(Instance instance) {
        CountLedger ledger = of(instance.data().resolve("visionops/visionops.db"));
        ledger.follower.scheduleWithFixedDelay(
                ledger::lookIfPossible, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        return ledger;
    }

    /**
     * A crossing as it was committed.
     *
     * @param crossing what no second event may say
     * @param line whose counts it belongs to
     * @param all every column
     */
    private record Crossing(List<Object> crossing, List<Object> line, List<Object> all) {}

    /**
     * What the ledger says.
     *
     * @param seen crossings that were committed
     * @param lost of them are not there any more, or not as they were
     * @param doubled are there under a second id
     * @param wrong sums of a line that are not those of its events
     */
    record Account(int seen, int lost, int doubled, int wrong) {}

    synchronized Account account() {
        return new Account(seen.size(), lost.size(), doubled.size(), wrong.size());
    }

    /** How many different crossings were ever committed. */
    synchronized int crossings() {
        return seen.size();
    }

    /** Looks once more, which has to be possible now, and judges all that it has found so far. */
    synchronized void assertThatNothingIsLostOrDoubled() throws SQLException {
        look();
        assertThat(lost.values()).as("crossings that are lost or changed").isEmpty();
        assertThat(doubled.values()).as("crossings that are there twice").isEmpty();
        assertThat(wrong.values()).as("counts that are not those of events").isEmpty();
    }

    /** There is no database yet, or it is being recovered: the next look finds the same. */
    private void lookIfPossible() {
        try {
            look();
        } catch (SQLException notNow) {
            // The look after the kill is the one that has to succeed.
        }
    }

    synchronized void look() throws SQLException {
        Map<String, Crossing> now = new LinkedHashMap<>();
        Map<List<Object>, Long> counts = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            // Both are of one moment, since both are read in one transaction.
            connection.setAutoCommit(false);
            try (ResultSet row = statement.executeQuery(CROSSINGS)) {
                while (row.next()) {
                    now.put(row.getString(1), crossing(row));
                }
            }
            try (ResultSet row = statement.executeQuery(COUNTS)) {
                while (row.next()) {
                    counts.put(columns(row, 1, 4), row.getLong(5));
                }
            }
            connection.rollback();
        }
        looks++;
        compareWithBefore(now);
        compareWithEachOther(now);
        compareWithCounts(now, counts);
        now.forEach(seen::putIfAbsent);
    }

    private void compareWithBefore(Map<String, Crossing> now) {
        seen.forEach(
                (id, before) -> {
                    Crossing after = now.get(id);
                    if (after == null) {
                        lost.putIfAbsent(id, "look " + looks + ": " + before.all() + " is gone");
                    } else if (!after.equals(before)) {
                        lost.putIfAbsent(
                                id, "look " + looks + ": " + before.all() + " is " + after.all());
                    }
                });
    }

    private void compareWithEachOther(Map<String, Crossing> now) {
        Map<List<Object>, String> ids = new HashMap<>();
        now.forEach(
                (id, one) -> {
                    String other = ids.putIfAbsent(one.crossing(), id);
                    if (other != null) {
                        doubled.putIfAbsent(id, one.all() + " is also " + other);
                    }
                });
    }

    private void compareWithCounts(Map<String, Crossing> now, Map<List<Object>, Long> counts) {
        Map<List<Object>, Long> differences = new HashMap<>(counts);
        now.values().forEach(one -> differences.merge(one.line(), -1L, Long::sum));
        Map<String, Long> found = new TreeMap<>();
        differences.forEach(
                (line, difference) -> {
                    if (difference != 0) {
                        found.put(line.toString(), difference);
                    }
                });
        found.forEach(
                (line, difference) ->
                        wrong.putIfAbsent(
                                line,
                                "look "
                                        + looks
                                        + ": counts of "
                                        + line
                                        + " are "
                                        + difference
                                        + " more than its events"));
    }

    private static Crossing crossing(ResultSet row) throws SQLException {
        List<Object> all = columns(row, 1, row.getMetaData().getColumnCount());
        List<Object> crossing =
                List.of(
                        row.getString("camera"),
                        row.getLong("track"),
                        row.getString("line"),
                        row.getString("direction"),
                        row.getLong("time"));
        List<Object> line =
                List.of(
                        row.getString("camera"),
                        row.getString("line"),
                        row.getString("label"),
                        row.getString("direction"));
        return new Crossing(crossing, line, all);
    }

    private static List<Object> columns(ResultSet row, int from, int to) throws SQLException {
        List<Object> columns = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            columns.add(String.valueOf(row.getObject(i)));
        }
        return columns;
    }

    @Override
    public void close() throws InterruptedException {
        follower.shutdownNow();
        follower.awaitTermination(10, TimeUnit.SECONDS);
    }
}
