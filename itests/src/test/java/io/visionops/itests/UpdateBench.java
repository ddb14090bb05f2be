package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What becomes of bad releases, of updates that are killed, and of cameras while good ones are
 * swapped in and out. Rows go to {@code target/bad-releases.md} and {@code target/bench.md}.
 */
@Tag("bench")
@Isolated
class UpdateBench {

    private static final int KILLS = Integer.getInteger("visionops.update.kills", 40);
    private static final int SWAPS = Integer.getInteger("visionops.update.swaps", 10);

    /** Until Java has loaded what it needs for cameras; what comes later is of the swaps. */
    private static final int WARM_UP = 60;

    private static final long SEED = Long.getLong("visionops.update.seed", 1);

    private static final List<String> SWAPPED =
            List.of(
                    "store",
                    "ingest",
                    "discovery",
                    "inference",
                    "shell",
                    "console",
                    "health",
                    "backup",
                    "security");
    private static final String[] GATE = {"gate.hold = 5s", "gate.limit = 60s"};
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Crashes after which the next start is made to wait. */
    private static final int CRASHES = 3;

    /** Longer than an update with its gate: kills before, in and after it. */
    private static final int KILL_WITHIN_MILLIS = 12_000;

    /** Every other kill comes while the release is fetched and swapped in, which is soon over. */
    private static final int KILL_EARLY_MILLIS = 2_000;

    @Test
    void everyBadReleaseIsGoneBackFromByItself() throws Exception {
        List<String> missed = new ArrayList<>();
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "| the release (`part`) | level | found by | outcome | seconds |",
                                "| --- | --- | --- | --- | --- |"));
        try (UpdateTrial trial = new UpdateTrial("bench-bad-releases")) {
            for (BadRelease kind : Chosen.of(BadRelease.class, "visionops.update.kinds")) {
                UpdateTrial.Row row = trial.run(kind);
                lines.add(row.line());
                Files.write(Instance.TARGET.resolve("bad-releases.md"), lines);
                if (row.outcome().equals("installed")) {
                    missed.add(kind.words());
                }
            }
        }
        assertThat(missed).as("releases that are bad and were kept").isEmpty();
    }

    @Test
    void anUpdateThatIsKilledAtAnyMomentLeavesTheOldOrTheNewProgramWhole() throws Exception {
        NextRelease.Maker maker = NextRelease.Maker.fresh("killed-maker");
        maker.sign(NextRelease.of("killed-2", "1.0.1").with("console", "1.0.1"), 2);
        List<String> cameras = List.of("left", "right");
        Random random = new Random(SEED);
        Map<String, Integer> stages = new TreeMap<>();
        try (RtspServer server =
                        RtspServer.serving(Clips.of(Scenes.procession(), Duration.ofMinutes(40)));
                Instance instance = Instance.fresh("bench-killed")) {
            maker.trustedBy(instance, GATE);
            instance.start().expect(0);
            for (String camera : cameras) {
                Cameras.addProcession(instance, camera, server.url());
            }
            Cameras.awaitCrossings(instance, cameras);
            Map<String, String> old = UpdateCommands.versions(instance);
            Map<String, String> fresh = new TreeMap<>(old);
            fresh.put("io.visionops.console", "Active 1.0.1");
            long counted = 0;
            for (int i = 1; i <= KILLS; i++) {
                String[] command =
                        release(instance) == 0
                                ? new String[] {"update-install", "--again"}
                                : new String[] {"update-rollback", "0"};
                begin(instance, command);
                TimeUnit.MILLISECONDS.sleep(
                        random.nextInt(i % 2 == 0 ? KILL_EARLY_MILLIS : KILL_WITHIN_MILLIS));
                stages.merge(stage(instance), 1, Integer::sum);
                ProcessHandle jvm = instance.jvm();
                jvm.destroyForcibly();
                jvm.onExit().join();

                Map<String, String> now = awaitOneOf(instance, old, fresh);
                assertThat(release(instance))
                        .as("release that runs, after kill %d", i)
                        .isEqualTo(now.equals(fresh) ? 2 : 0);
                Map<String, Long> from = Cameras.analysed(instance);
                Await.until(60, () -> Cameras.areAnalysedSince(from, instance, cameras));
                long sum = Cameras.counted(instance, cameras);
                assertThat(sum).as("counts after kill %d", i).isGreaterThanOrEqualTo(counted);
                counted = sum;
                CrashCampaignBench.assertThatCountsAreThoseOfEvents(instance);
                System.out.printf(Locale.ROOT, "kill %d of %d: %s%n", i, KILLS, stages);
                if (i % CRASHES == 0) {
                    instance.stop().expect(0);
                    instance.start().expect(0);
                    awaitOneOf(instance, now, now);
                }
            }
        }
        PerformanceBench.row(
                KILLS + " kills in an update or its way back, by the stage they hit: mixed sets",
                "0 " + stages,
                "0");
    }

    /** The bundles that run, as soon as they are those of one of two programs. */
    private static Map<String, String> awaitOneOf(
            Instance instance, Map<String, String> one, Map<String, String> other) {
        AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
        try {
            Await.until(
                    150,
                    () -> {
                        seen.set(UpdateCommands.versions(instance));
                        return seen.get().equals(one) || seen.get().equals(other);
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("a mixed set: " + seen.get(), e);
        }
        return seen.get();
    }

    /** A program that has just started takes note of what the watchdog went back from first. */
    private static void begin(Instance instance, String... command) {
        Await.until(
                20,
                () -> {
                    Instance.Result answer = instance.shell(command);
                    if (answer.said().contains("an update is under way")) {
                        return false;
                    }
                    answer.expect(0);
                    return true;
                });
    }

    @Test
    void releasesOfEachPartThatIsSwappedComeAndGoUnderFourCameras() throws Exception {
        NextRelease.Maker maker = NextRelease.Maker.fresh("swapped-maker");
        List<String> cameras = IntStream.range(0, 4).mapToObj(i -> "c" + i).toList();
        Map<String, String> versions = new TreeMap<>();
        Map<String, List<Span>> spans = new TreeMap<>();
        List<Memory> memory = new ArrayList<>();
        try (RtspServer server =
                        RtspServer.serving(Clips.of(Scenes.procession(), Duration.ofMinutes(40)));
                Instance instance = Instance.fresh("bench-swapped")) {
            maker.trustedBy(instance, GATE);
            // The gate waits for a round of checks.
            Files.writeString(
                    instance.etc().resolve("io.visionops.health.cfg"), "health.interval = 2s\n");
            instance.start().expect(0);
            for (String camera : cameras) {
                Cameras.addProcession(instance, camera, server.url());
            }
            Cameras.awaitCrossings(instance, cameras);
            List<Long> decoders = instance.decoderPids();
            TimeUnit.SECONDS.sleep(WARM_UP);
            memory.add(Memory.of(instance));
            long number = 1;
            long kept = 0;
            for (String part : SWAPPED) {
                for (int round = 1; round <= SWAPS; round++) {
                    number++;
                    versions.put(part, "1.0." + number);
                    NextRelease next = NextRelease.of("swapped-" + number, "1.0." + number);
                    for (Map.Entry<String, String> raised : versions.entrySet()) {
                        next.with(raised.getKey(), raised.getValue());
                    }
                    maker.sign(next, number);
                    Instant begun = Instant.now();
                    instance.shell("update-install").expect(0);
                    awaitRelease(instance, number);
                    if (round < SWAPS) {
                        instance.shell("update-rollback", String.valueOf(kept)).expect(0);
                        awaitRelease(instance, kept);
                    } else {
                        // Else the release of the next part would swap this one as well.
                        kept = number;
                    }
                    spans.computeIfAbsent(part, key -> new ArrayList<>())
                            .add(new Span(begun, Instant.now()));
                    Instance.deleteTree(next.home());
                }
                memory.add(Memory.of(instance));
                System.out.printf(Locale.ROOT, "%s: %s%n", part, memory);
            }
            TimeUnit.SECONDS.sleep(60);
            memory.add(Memory.of(instance));
            assertThat(instance.decoderPids()).as("decoders").isEqualTo(decoders);
            instance.stop().expect(0);
            judge(instance, cameras, spans, memory);
        }
    }

    /** From the command that brings a release in until the one that takes it out is over. */
    private record Span(Instant from, Instant to) {}

    /**
     * What is left of the parts.
     *
     * @param loaders of classes of bundles
     * @param objects of ours, after a full collection
     * @param megabytes resident, before anybody collects or trims anything
     */
    private record Memory(long loaders, long objects, long megabytes) {

        static Memory of(Instance instance) throws Exception {
            long resident = instance.residentAsItIs();
            Histogram heap = Histogram.of(instance.jvm());
            return new Memory(
                    heap.of("org.apache.felix.framework.BundleWiringImpl$BundleClassLoader")
                            .instances(),
                    heap.of("io.visionops.").instances(),
                    resident >> 20);
        }
    }

    private static void judge(
            Instance instance,
            List<String> cameras,
            Map<String, List<Span>> spans,
            List<Memory> memory)
            throws Exception {
        ProcessionRecord.Tally sum = new ProcessionRecord.Tally(0, 0, 0, 0, 0);
        Map<String, List<Long>> gaps = new TreeMap<>();
        long missed = 0;
        long restarts = 0;
        for (String camera : cameras) {
            ProcessionRecord record = ProcessionRecord.of(instance, camera);
            sum = sum.plus(record.tally());
            restarts += record.restarts();
            for (Map.Entry<String, List<Span>> part : spans.entrySet()) {
                for (Span span : part.getValue()) {
                    gaps.computeIfAbsent(part.getKey(), key -> new ArrayList<>())
                            .add(record.longestGap(span.from(), span.to()));
                    missed += record.missed(span.from(), span.to());
                }
            }
        }
        for (Map.Entry<String, List<Long>> part : gaps.entrySet()) {
            List<Long> sorted = part.getValue().stream().sorted().toList();
            PerformanceBench.row(
                    (2 * SWAPS - 1) + " swaps of " + part.getKey() + ": gap, 95 % and longest",
                    percentile95(sorted) + " ms, " + sorted.get(sorted.size() - 1) + " ms",
                    "200 ms, 1000 ms");
        }
        PerformanceBench.row(
                "frames not looked at; streams that began anew; crossings seen, lost, doubled",
                String.format(
                        Locale.ROOT,
                        "%d; %d; %d, %d, %d",
                        missed,
                        restarts,
                        sum.seen(),
                        sum.lost(),
                        sum.doubled()),
                "0; 0; 0 lost, 0 doubled");
        Memory before = memory.get(0);
        Memory after = memory.get(memory.size() - 1);
        PerformanceBench.row(
                "resident memory before the swaps, after those of each part, a minute after the last",
                memory.stream().map(Memory::megabytes).toList() + " MB",
                "10 % more than before");
        PerformanceBench.row(
                "class loaders of bundles before and after; objects of ours",
                String.format(
                        Locale.ROOT,
                        "%d, %d; %d, %d",
                        before.loaders(),
                        after.loaders(),
                        before.objects(),
                        after.objects()),
                "flat");
        assertThat(sum.lost()).as("lost").isZero();
        assertThat(sum.doubled()).as("doubled").isZero();
        assertThat(sum.counted()).as("counted").isEqualTo(sum.seen());
        assertThat(restarts).as("streams that began anew").isZero();
        assertThat(missed).as("frames not looked at").isZero();
        List<Long> all = gaps.values().stream().flatMap(List::stream).sorted().toList();
        assertThat(all.get(all.size() - 1)).as("longest gap of all").isLessThan(1000);
        assertThat(percentile95(all)).as("gap of 95 % of all swaps").isLessThanOrEqualTo(200);
        assertThat(after.loaders())
                .as("class loaders before and at the end")
                .isLessThanOrEqualTo(before.loaders());
        assertThat(after.megabytes())
                .as("resident before %s", before)
                .isLessThanOrEqualTo(before.megabytes() * 11 / 10);
    }

    private static long percentile95(List<Long> sorted) {
        return sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
    }

    private static void awaitRelease(Instance instance, long number) {
        Await.until(
                90,
                () -> {
                    JsonNode status = status(instance);
                    assertThat(status.path("stage").asText())
                            .as(status.toString())
                            .isNotIn("failed", "rolled-back");
                    return status.path("stage").asText().equals("installed")
                            && status.path("release").asLong() == number;
                });
    }

    private static JsonNode status(Instance instance) throws Exception {
        Instance.Result answer = instance.shell("update-status", "--json");
        return answer.status() == 0 ? JSON.readTree(answer.out()) : JSON.createObjectNode();
    }

    private static String stage(Instance instance) throws Exception {
        return status(instance).path("stage").asText("none");
    }

    private static long release(Instance instance) throws Exception {
        Await.until(60, () -> status(instance).has("release") && !isBusy(instance));
        return status(instance).get("release").asLong();
    }

    private static boolean isBusy(Instance instance) throws Exception {
        return Set.of("gate", "swapping", "rolling-back", "restarting").contains(stage(instance));
    }
}
