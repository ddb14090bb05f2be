package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A computer whose processors are all taken and whose clock is set again and again is no reason to
 * end a program that works: nobody restarts it, and it goes on counting. Rows go to {@code
 * target/bench.md}.
 */
@Tag("bench")
@Isolated
class FalseRestartBench {

    private static final int MINUTES = Integer.getInteger("visionops.falserestart.minutes", 30);
    private static final List<String> CAMERAS = List.of("east", "west");

    /** What the clock is set to, a minute each. */
    private static final List<String> CLOCK = List.of("+0", "+1d", "+0", "-1d");

    private static final double LEAST_LOAD = 0.95;

    @Test
    void loadAndAClockThatLeapsRestartNothing() throws Exception {
        try (Instance instance = Instance.fresh("false-restart");
                CountLedger ledger = CountLedger.following(instance)) {
            // The governor and all else is as it is shipped.
            Files.delete(instance.etc().resolve("io.visionops.health.cfg"));
            FakeClock clock = FakeClock.of(instance);
            instance.startWith(clock.environment()).expect(0);
            Cameras.addLoopingProcessions(instance, CAMERAS);
            ProcessHandle jvm = instance.jvm();
            ProcessHandle watchdog = instance.watchdog();
            Map<String, Long> first = Cameras.analysed(instance);
            List<Process> load = takeAllProcessors();
            double[] before = processors();
            try {
                for (int minute = 0; minute < MINUTES; minute++) {
                    clock.set(CLOCK.get(minute % CLOCK.size()));
                    Map<String, Long> from = Cameras.analysed(instance);
                    TimeUnit.MINUTES.sleep(1);
                    Await.until(30, () -> Cameras.areAnalysedSince(from, instance, CAMERAS));
                    assertThat(jvm.isAlive()).as("minute %d: Java lives", minute).isTrue();
                    assertThat(watchdog.isAlive()).as("minute %d: watchdog", minute).isTrue();
                    System.out.printf(
                            Locale.ROOT,
                            "minute %d, clock %s: %s analysed, %s, %s%n",
                            minute + 1,
                            CLOCK.get(minute % CLOCK.size()),
                            Cameras.analysed(instance),
                            ledger.account(),
                            instance.shell("governor").out().lines().findFirst().orElse(""));
                }
            } finally {
                load.forEach(Process::destroyForcibly);
            }
            double taken = load(before, processors());
            Map<String, Long> last = Cameras.analysed(instance);
            List<String> restarts = instance.restarts();
            long stops = emergencyStops(instance);
            long steps = timesTheClockWasSeenToBeSet(instance);

            PerformanceBench.row(
                    MINUTES + " min with the clock set each minute: load of all processors",
                    String.format(Locale.ROOT, "%.0f %%", 100 * taken),
                    "95 %");
            PerformanceBench.row(
                    "likewise: starts, restarts, emergency stops",
                    String.format(Locale.ROOT, "1, %d, %d", restarts.size() - 1, stops),
                    "1, 0, 0");
            PerformanceBench.row(
                    "likewise: frames analysed, crossings committed, of them lost, doubled",
                    String.format(
                            Locale.ROOT,
                            "%d, %d, %d, %d",
                            sum(last) - sum(first),
                            ledger.account().seen(),
                            ledger.account().lost(),
                            ledger.account().doubled()),
                    "-, -, 0, 0");
            assertThat(restarts).containsExactly("started");
            assertThat(stops).as("emergency stops").isZero();
            assertThat(steps).as("times that the clock was seen to be set").isPositive();
            assertThat(taken).as("load").isGreaterThanOrEqualTo(LEAST_LOAD);
            ledger.assertThatNothingIsLostOrDoubled();
        }
    }

    /** One process for each, which does nothing and never waits. */
    private static List<Process> takeAllProcessors() throws IOException {
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            all.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
        }
        return all;
    }

    private static long sum(Map<String, Long> frames) {
        return frames.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Ticks of all processors since the computer was started: all, and those that were idle. */
    private static double[] processors() throws IOException {
        String[] ticks = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
        double all = 0;
        // Those of guests are part of those of users.
        for (int i = 1; i <= 8; i++) {
            all += Double.parseDouble(ticks[i]);
        }
        return new double[] {all, Double.parseDouble(ticks[4]) + Double.parseDouble(ticks[5])};
    }

    private static double load(double[] before, double[] after) {
        return 1 - (after[1] - before[1]) / (after[0] - before[0]);
    }

    /** Without it nothing is proved: the program would not have known of it. */
    private static long timesTheClockWasSeenToBeSet(Instance instance) throws Exception {
        long times = 0;
        for (JsonNode change :
                instance.json("health-history", "visionops.health.clock").get("changes")) {
            times += change.get("status").asText().equals("WARN") ? 1 : 0;
        }
        return times;
    }

    private static long emergencyStops(Instance instance) throws IOException {
        return instance.log().lines().filter(line -> line.contains("emergency stop")).count();
    }
}
