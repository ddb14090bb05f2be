package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.scene.Scenes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Processes of the program are killed and stopped again and again under two cameras: after how long
 * everything is analysed again without a person, and that no count is lost or doubled. The counts
 * are kept outside the program. Rows go to {@code target/bench.md}.
 */
@Tag("bench")
@Isolated
class CrashCampaignBench {

    private static final int TRIES = Integer.getInteger("visionops.campaign.tries", 20);
    private static final List<String> CAMERAS = List.of("east", "west");

    /** What may be done to what, and the bar for its healing. */
    private enum Fault {
        JAVA_KILLED("SIGKILL of Java", "KILL", 15),
        JAVA_STOPPED("SIGSTOP of Java", "STOP", 30),
        DECODER_KILLED("SIGKILL of ffmpeg", "KILL", 5),
        DECODER_STOPPED("SIGSTOP of ffmpeg", "STOP", 20),
        WATCHDOG_KILLED("SIGKILL of the watchdog", "KILL", 6),
        WATCHDOG_STOPPED("SIGSTOP of the watchdog", "STOP", 20);

        private final String words;
        private final String signal;
        private final int barSeconds;

        Fault(String words, String signal, int barSeconds) {
            this.words = words;
            this.signal = signal;
            this.barSeconds = barSeconds;
        }

        ProcessHandle victim(Instance instance) throws Exception {
            return switch (this) {
                case JAVA_KILLED, JAVA_STOPPED -> instance.jvm();
                case DECODER_KILLED, DECODER_STOPPED -> instance.decoder(CAMERAS.get(0));
                case WATCHDOG_KILLED, WATCHDOG_STOPPED -> instance.watchdog();
            };
        }

        boolean isOfTheWatchdog() {
            return this == WATCHDOG_KILLED || this == WATCHDOG_STOPPED;
        }
    }

    @Test
    void whatIsKilledOrStoppedHealsWithoutAPersonAndCountsStayAsTheyWere() throws Exception {
        Map<Fault, long[]> healed = new TreeMap<>();
        try (Instance instance = Instance.fresh("crash-campaign")) {
            instance.start().expect(0);
            for (String camera : CAMERAS) {
                instance.shell(
                                "camera-add",
                                camera,
                                "file:" + Clips.of(Scenes.demo()),
                                "--set",
                                "loop=true",
                                "--set",
                                "line.door=0.5,1 0.5,0.2")
                        .expect(0);
            }
            for (Fault fault : Fault.values()) {
                long[] millis = new long[TRIES];
                for (int i = 0; i < TRIES; i++) {
                    // A stop by somebody ends the count of crashes, and so safe mode.
                    instance.call("restart").expect(0);
                    millis[i] = once(instance, fault).toMillis();
                }
                Arrays.sort(millis);
                healed.put(fault, millis);
            }
        }

        for (Map.Entry<Fault, long[]> one : healed.entrySet()) {
            long[] millis = one.getValue();
            PerformanceBench.row(
                    one.getKey().words
                            + ", "
                            + TRIES
                            + " times: healed after, median, 95 %, longest",
                    String.format(
                            Locale.ROOT,
                            "%.1f s, %.1f s, %.1f s",
                            millis[TRIES / 2] / 1e3,
                            millis[Math.min(TRIES - 1, TRIES * 95 / 100)] / 1e3,
                            millis[TRIES - 1] / 1e3),
                    one.getKey().barSeconds + " s");
        }
        healed.forEach(
                (fault, millis) ->
                        assertThat(millis[TRIES - 1])
                                .as(fault.words)
                                .isLessThan(fault.barSeconds * 1000L));
    }

    private static Duration once(Instance instance, Fault fault) throws Exception {
        Await.until(60, () -> Cameras.areAnalysedSince(Map.of(), instance, CAMERAS));
        Await.until(30, () -> Cameras.counted(instance, CAMERAS) > 0);
        long before = Cameras.counted(instance, CAMERAS);
        ProcessHandle victim = fault.victim(instance);
        Map<String, Long> seen = Cameras.analysed(instance);

        long start = System.nanoTime();
        Instance.signal(fault.signal, victim);
        if (fault.isOfTheWatchdog()) {
            Await.until(60, () -> isReplaced(instance, victim));
        } else {
            Await.until(90, () -> !victim.isAlive());
            boolean java = fault == Fault.JAVA_KILLED || fault == Fault.JAVA_STOPPED;
            // After a restart of Java frames are counted from zero.
            Map<String, Long> from = java ? Map.of() : seen;
            Await.until(90, () -> Cameras.areAnalysedSince(from, instance, CAMERAS));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(Cameras.counted(instance, CAMERAS))
                .as("counts after " + fault.words)
                .isGreaterThanOrEqualTo(before);
        assertThatCountsAreThoseOfEvents(instance);
        return took;
    }

    private static boolean isReplaced(Instance instance, ProcessHandle before) {
        try {
            ProcessHandle now = instance.watchdog();
            return now.pid() != before.pid() && now.isAlive();
        } catch (Exception | AssertionError notYet) {
            return false;
        }
    }

    /** Each crossing is one event and one count: neither is lost or doubled alone. */
    static void assertThatCountsAreThoseOfEvents(Instance instance) throws SQLException {
        String url =
                "jdbc:sqlite:file:"
                        + instance.data().resolve("visionops/visionops.db")
                        + "?mode=ro";
        // In one statement, so that all three are of one moment.
        String query =
                "select (select count(*) from events where type = 'crossing'),"
                        + " (select count(distinct id) from events where type = 'crossing'),"
                        + " (select coalesce(sum(count), 0) from counts)";
        List<Long> numbers;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            numbers = List.of(row.getLong(1), row.getLong(2), row.getLong(3));
        }
        assertThat(numbers).as("events, different events, counts").containsOnly(numbers.get(0));
    }
}
