package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What it costs to be watched: two instances beside each other with the same camera, one with all
 * its checks, alerts, trends and metrics and its watchdog, the other one without. Afterwards they
 * change places, so that it does not matter which of them has the better start. Rows go to {@code
 * target/bench.md}.
 */
@Tag("bench")
@Isolated
class MonitoringCostBench {

    private static final Duration MEASURED =
            Duration.ofMinutes(Integer.getInteger("visionops.monitoring.minutes", 5));

    /** Until Java has compiled what it will. */
    private static final int WARM_UP_SECONDS = 120;

    /** After the parts of monitoring were started or stopped. */
    private static final int SETTLE_SECONDS = 60;

    /** As docs/monitoring.md has Prometheus do it. */
    private static final int SCRAPE_SECONDS = 15;

    private static final List<String> PARTS =
            List.of("io.visionops.console", "io.visionops.health");

    /** Of one processor. */
    private static final double BAR = 0.01;

    /** On a computer that others use the governor would ask one camera for less than the other. */
    private static final String HEALTH =
            """
            governor.cpu.release = 100
            governor.cpu.throttle = 101
            governor.queue.release = 100
            governor.queue.throttle = 101
            cpu.warn = 100
            cpu.critical = 101
            """;

    @Test
    void allMonitoringCostsLessThanAHundredthOfAProcessor() throws Exception {
        try (RtspServer server = RtspServer.serving(Footage.still1080p25());
                Instance first = watching("monitoring-first", server);
                Instance second = watching("monitoring-second", server)) {
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);

            Costs before = measured(first, second);
            Costs after = measured(second, first);

            PerformanceBench.row(
                    String.format(
                            Locale.ROOT,
                            "one still camera with all monitoring / none, without its decoder, twice"
                                    + " %d min, percent of one processor",
                            MEASURED.toMinutes()),
                    before + "; " + after,
                    "-");
            double cost = (before.difference() + after.difference()) / 2;
            PerformanceBench.row(
                    "of that the monitoring, one scrape each 15 s included",
                    String.format(Locale.ROOT, "%.2f %%", 100 * cost),
                    "1 %");
            assertThat(cost).isLessThan(BAR);
        }
    }

    /** Seconds of processor time each second. */
    private record Costs(double full, double off) {

        double difference() {
            return full - off;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f / %.2f", 100 * full, 100 * off);
        }
    }

    private static Instance watching(String name, RtspServer server) throws Exception {
        Instance instance = Instance.fresh(name);
        try {
            Files.writeString(instance.etc().resolve("io.visionops.health.cfg"), HEALTH);
            instance.start().expect(0);
            instance.shell("camera-add", "one", server.url(), "--set", "detector=motion").expect(0);
            Await.until(30, () -> instance.stateOf("one").equals("STREAMING"));
            return instance;
        } catch (Exception | AssertionError e) {
            instance.close();
            throw e;
        }
    }

    private static Costs measured(Instance full, Instance off) throws Exception {
        for (String part : PARTS) {
            full.shell("bundle:start", part).expect(0);
            off.shell("bundle:stop", part).expect(0);
        }
        // Told nothing any more it would start the program again, and the part that would start
        // it anew is away.
        off.watchdog().destroyForcibly();
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        List<ProcessHandle> watched = List.of(full.jvm(), full.watchdog());
        List<ProcessHandle> unwatched = List.of(off.jvm());
        long[] frames = {looked(full), looked(off)};
        double[] cost = {-CpuTime.seconds(watched), -CpuTime.seconds(unwatched)};
        long start = System.nanoTime();
        while (System.nanoTime() - start < MEASURED.toNanos()) {
            TimeUnit.SECONDS.sleep(SCRAPE_SECONDS);
            assertThat(WebPages.of(full).asAdmin("/metrics")).contains("visionops_health_status");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        cost[0] = (cost[0] + CpuTime.seconds(watched)) / seconds;
        cost[1] = (cost[1] + CpuTime.seconds(unwatched)) / seconds;
        // Else the difference would be that of the cameras.
        assertThat((double) (looked(full) - frames[0]) / (looked(off) - frames[1]))
                .as("frames of both")
                .isBetween(0.97, 1.03);
        return new Costs(cost[0], cost[1]);
    }

    private static long looked(Instance instance) throws Exception {
        return Cameras.analysed(instance).get("one");
    }
}
