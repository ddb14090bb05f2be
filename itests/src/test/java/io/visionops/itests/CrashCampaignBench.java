package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Processes of the program are killed and stopped again and again under two cameras: after how long
 * everything is analysed again without a person, and that no count is lost or doubled, as a {@link
 * CountLedger} outside the program judges. Rows go to {@code target/bench.md}.
 */
@Tag("bench")
@Isolated
class CrashCampaignBench {

    private static final int TRIES = Integer.getInteger("visionops.campaign.tries", 20);
    private static final List<String> CAMERAS = List.of("east", "west");

    /** The same pauses in each campaign, so that kills come at any moment between two commits. */
    private static final Random RANDOM = new Random(12);

    private static final int LONGEST_PAUSE_MILLIS = 1000;

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
        CountLedger.Account account;
        try (Instance instance = Instance.fresh("crash-campaign");
                CountLedger ledger = CountLedger.following(instance)) {
            instance.start().expect(0);
            Cameras.addLoopingProcessions(instance, CAMERAS);
            for (Fault fault : Chosen.of(Fault.class, "visionops.campaign.faults")) {
                long[] millis = new long[TRIES];
                for (int i = 0; i < TRIES; i++) {
                    millis[i] = once(instance, ledger, fault).toMillis();
                    System.out.printf(
                            Locale.ROOT,
                            "%s %d: healed after %.1f s, %s%n",
                            fault,
                            i + 1,
                            millis[i] / 1e3,
                            ledger.account());
                    answerTheCrashes(instance);
                }
                Arrays.sort(millis);
                healed.put(fault, millis);
            }
            instance.stop().expect(0);
            ledger.assertThatNothingIsLostOrDoubled();
            account = ledger.account();
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
        PerformanceBench.row(
                "crossings that were committed, of them lost, doubled; lines with wrong counts",
                String.format(
                        Locale.ROOT,
                        "%d, %d, %d; %d",
                        account.seen(),
                        account.lost(),
                        account.doubled(),
                        account.wrong()),
                "0 lost, 0 doubled");
        healed.forEach(
                (fault, millis) ->
                        assertThat(millis[TRIES - 1])
                                .as(fault.words)
                                .isLessThan(fault.barSeconds * 1000L));
    }

    /**
     * Writes into the record of the watchdog that somebody has stopped the program, which ends its
     * count of crashes: else the next ones would be answered later and later, and by safe mode.
     */
    static void answerTheCrashes(Instance instance) throws IOException {
        Path record = instance.data().resolve("watchdog/restarts.jsonl");
        List<String> lines = Files.readAllLines(record);
        String stopped =
                lines.get(lines.size() - 1)
                        .replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + UUID.randomUUID() + "\"")
                        .replaceFirst("\"what\":\"[^\"]*\"", "\"what\":\"stopped\"");
        Files.writeString(record, stopped + "\n", StandardOpenOption.APPEND);
    }

    private static Duration once(Instance instance, CountLedger ledger, Fault fault)
            throws Exception {
        Await.until(60, () -> Cameras.areAnalysedSince(Map.of(), instance, CAMERAS));
        int before = ledger.crossings();
        // Something is being counted when the process is killed.
        Await.until(30, () -> ledger.crossings() > before);
        TimeUnit.MILLISECONDS.sleep(RANDOM.nextInt(LONGEST_PAUSE_MILLIS));
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

        ledger.assertThatNothingIsLostOrDoubled();
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
