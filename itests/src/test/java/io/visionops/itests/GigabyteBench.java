package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A backup of a database of a gigabyte with its proof, and a restore of it, while two cameras count
 * and a part writes fifty entries a second; beside it what {@code sqlite3} does with the same
 * database. Rows go to {@code target/bench.md}.
 */
@Tag("bench")
@Isolated
class GigabyteBench {

    private static final List<String> CAMERAS = List.of("left", "right");
    private static final Duration CLIP = Duration.ofMinutes(20);
    private static final long GIGABYTE = 1L << 30;
    private static final int BAR_SECONDS = 60;
    private static final int BAR_P99_MILLIS = 100;
    private static final int BAR_LONGEST_MILLIS = 1_000;

    @Test
    void aGigabyteIsBackedUpProvenAndRestoredWhileOthersWrite() throws Exception {
        try (RtspServer server = RtspServer.serving(Clips.of(Scenes.procession(), CLIP));
                Instance instance = Instance.fresh("gigabyte")) {
            instance.start().expect(0);
            for (String camera : CAMERAS) {
                Cameras.addProcession(instance, camera, server.url());
            }
            Cameras.awaitCrossings(instance, CAMERAS);
            instance.shell("bundle:install", "-s", GuestBundle.of("9.0.0").toUri().toString())
                    .expect(0);
            strain(instance, "archive");
            Await.until(300, () -> told(instance, "archived"));
            Path database = instance.data().resolve("visionops/visionops.db");
            assertThat(Files.size(database)).isGreaterThan(GIGABYTE);

            strain(instance, "sample");
            TimeUnit.SECONDS.sleep(20);
            JsonNode before = samples(instance);

            strain(instance, "sample");
            long begun = System.nanoTime();
            JsonNode made = instance.json("backup-now", "--wait");
            double backup = seconds(begun);
            assertThat(made.get("stage").asText()).as(made.toString()).isEqualTo("done");
            JsonNode meanwhile = samples(instance);
            JsonNode proven = instance.json("backup-list").get(0);
            assertThat(proven.get("proven").isNull()).as(proven.toString()).isFalse();

            double copied = sqlite(database, ".backup '%s'", false);
            double vacuumed = sqlite(database, "VACUUM INTO '%s'", true);

            long asked = System.nanoTime();
            instance.shell("backup-restore", proven.get("id").asText()).expect(0);
            Await.until(300, () -> status(instance).equals("done"));
            double restore = seconds(asked);
            CrashCampaignBench.assertThatCountsAreThoseOfEvents(instance);

            PerformanceBench.row(
                    words(
                            "%.2f GB: backup with its proof; sqlite3 .backup; VACUUM INTO and gzip -1",
                            Files.size(database) / (double) GIGABYTE),
                    words("%.1f s; %.1f s; %.1f s", backup, copied, vacuumed),
                    BAR_SECONDS + " s");
            PerformanceBench.row("restore of it", words("%.1f s", restore), BAR_SECONDS + " s");
            PerformanceBench.row(
                    "fifty single commits a second meanwhile: median, 99 %, longest; without a backup",
                    words(meanwhile) + "; " + words(before),
                    BAR_P99_MILLIS + " ms, " + BAR_LONGEST_MILLIS + " ms (99 %, longest)");
            assertThat(backup).as("backup").isLessThan(BAR_SECONDS);
            assertThat(restore).as("restore").isLessThan(BAR_SECONDS);
            assertThat(meanwhile.get("p99Micros").asLong() / 1000).isLessThan(BAR_P99_MILLIS);
            assertThat(meanwhile.get("longestMicros").asLong() / 1000)
                    .isLessThan(BAR_LONGEST_MILLIS);
        }
    }

    private static void strain(Instance instance, String how) throws Exception {
        instance.shell("recovery-run", "weather.strain", "station/roof", "--reason", how).expect(0);
    }

    /** Ends the sampling and returns what it found. */
    private static JsonNode samples(Instance instance) throws Exception {
        int known = count(instance, "samples");
        strain(instance, "calm");
        Await.until(60, () -> count(instance, "samples") > known);
        for (JsonNode one : records(instance)) {
            if (one.get("body").has("samples")) {
                return one.get("body");
            }
        }
        throw new AssertionError("no samples");
    }

    private static boolean told(Instance instance, String what) throws Exception {
        return count(instance, what) > 0;
    }

    private static int count(Instance instance, String what) throws Exception {
        int count = 0;
        for (JsonNode one : records(instance)) {
            count += one.get("body").has(what) ? 1 : 0;
        }
        return count;
    }

    /** The newest, of which most are readings and samples. */
    private static JsonNode records(Instance instance) throws Exception {
        return instance.json("records", "--kind", "weather", "--limit", "20").get("records");
    }

    private static String status(Instance instance) throws Exception {
        JsonNode status = instance.json("backup-status");
        assertThat(status.get("stage").asText()).as(status.toString()).isNotEqualTo("failed");
        return status.get("stage").asText();
    }

    /** Seconds; NaN where there is no {@code sqlite3} on this machine. */
    private static double sqlite(Path database, String command, boolean gzip) throws Exception {
        Path copy = Instance.TARGET.resolve("gigabyte-copy.db");
        Files.deleteIfExists(copy);
        long begun = System.nanoTime();
        try {
            run("sqlite3", database.toString(), String.format(Locale.ROOT, command, copy));
            if (gzip) {
                run("gzip", "-1", "-f", copy.toString());
            }
            return seconds(begun);
        } catch (IOException none) {
            System.out.println("not compared: " + none.getMessage());
            return Double.NaN;
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + ".gz"));
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(command[0]).isTrue();
        assertThat(process.exitValue()).as(command[0]).isZero();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static String words(JsonNode samples) {
        return words(
                "%.1f ms, %.1f ms, %.0f ms",
                samples.get("medianMicros").asLong() / 1e3,
                samples.get("p99Micros").asLong() / 1e3,
                samples.get("longestMicros").asLong() / 1e3);
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
