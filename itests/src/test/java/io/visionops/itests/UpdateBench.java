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
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** Names of {@link BadRelease} by commas; all of them without it. */
    private static final String KINDS = System.getProperty("visionops.update.kinds", "");

    /** Cameras go on as before, which is what is judged: ADR 90. */
    private static final BadRelease KEPT = BadRelease.CPU;

    private static final int KILLS = Integer.getInteger("visionops.update.kills", 40);
    private static final int SWAPS = Integer.getInteger("visionops.update.swaps", 10);
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

    @Test
    void everyBadReleaseIsGoneBackFromByItself() throws Exception {
        List<String> missed = new ArrayList<>();
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "| the release (`part`) | level | found by | outcome | seconds |",
                                "| --- | --- | --- | --- | --- |"));
        try (UpdateTrial trial = new UpdateTrial("bench-bad-releases")) {
            for (BadRelease kind : kinds()) {
                UpdateTrial.Row row = trial.run(kind);
                lines.add(row.line());
                Files.write(Instance.TARGET.resolve("bad-releases.md"), lines);
                if (row.outcome().equals("installed") && kind != KEPT) {
                    missed.add(kind.words());
                }
            }
        }
        assertThat(missed).as("releases that are bad and were kept").isEmpty();
    }

    private static List<BadRelease> kinds() {
        return KINDS.isEmpty()
                ? List.of(BadRelease.values())
                : Stream.of(KINDS.split(",")).map(BadRelease::valueOf).toList();
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
                instance.shell(command).expect(0);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(KILL_WITHIN_MILLIS));
                stages.merge(stage(instance), 1, Integer::sum);
                ProcessHandle jvm = instance.jvm();
                jvm.destroyForcibly();
                jvm.onExit().join();

                Await.until(90, () -> UpdateCommands.versions(instance).size() == old.size());
                Await.until(
                        60,
                        () -> {
                            Map<String, String> now = UpdateCommands.versions(instance);
                            return now.equals(old) || now.equals(fresh);
                        });
                Map<String, String> now = UpdateCommands.versions(instance);
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
                    instance.call("restart").expect(0);
                    Await.until(60, () -> UpdateCommands.versions(instance).equals(now));
                }
            }
        }
        PerformanceBench.row(
                KILLS + " kills in an update or its way back, by the stage they hit: mixed sets",
                "0 " + stages,
                "0");
    }

    @Test
    void releasesOfEachPartThatIsSwappedComeAndGoUnderFourCameras() throws Exception {
        NextRelease.Maker maker = NextRelease.Maker.fresh("swapped-maker");
        List<String> cameras = IntStream.range(0, 4).mapToObj(i -> "c" + i).toList();
        Set<String> raised = new TreeSet<>();
        Map<String, List<Instant[]>> spans = new TreeMap<>();
        List<Long> resident = new ArrayList<>();
        try (RtspServer server =
                        RtspServer.serving(Clips.of(Scenes.procession(), Duration.ofMinutes(40)));
                Instance instance = Instance.fresh("bench-swapped")) {
            maker.trustedBy(instance, GATE);
            instance.start().expect(0);
            for (String camera : cameras) {
                Cameras.addProcession(instance, camera, server.url());
            }
            Cameras.awaitCrossings(instance, cameras);
            List<Long> decoders = instance.decoderPids();
            long number = 1;
            for (int round = 0; round < SWAPS; round++) {
                for (String part : SWAPPED) {
                    number++;
                    String version = "1.0." + number;
                    NextRelease next = NextRelease.of("swapped-" + number, version);
                    raised.add(part);
                    for (String one : raised) {
                        next.with(one, version);
                    }
                    maker.sign(next, number);
                    Instant begun = Instant.now();
                    instance.shell("update-install").expect(0);
                    awaitRelease(instance, number);
                    instance.shell("update-rollback", "0").expect(0);
                    awaitRelease(instance, 0);
                    spans.computeIfAbsent(part, key -> new ArrayList<>())
                            .add(new Instant[] {begun, Instant.now()});
                    Instance.deleteTree(next.home());
                }
                resident.add(instance.resident() >> 20);
            }
            TimeUnit.SECONDS.sleep(2L * Scenes.PROCESSION_INTERVAL);
            assertThat(instance.decoderPids()).as("decoders").isEqualTo(decoders);
            instance.stop().expect(0);
            judge(instance, cameras, spans, resident);
        }
    }

    private static void judge(
            Instance instance,
            List<String> cameras,
            Map<String, List<Instant[]>> spans,
            List<Long> resident)
            throws Exception {
        ProcessionRecord.Tally sum = new ProcessionRecord.Tally(0, 0, 0, 0, 0);
        Map<String, Long> longest = new TreeMap<>();
        for (String camera : cameras) {
            ProcessionRecord record = ProcessionRecord.of(instance, camera);
            sum = sum.plus(record.tally());
            spans.forEach(
                    (part, times) ->
                            times.forEach(
                                    span ->
                                            longest.merge(
                                                    part,
                                                    record.longestGap(span[0], span[1]),
                                                    Math::max)));
        }
        PerformanceBench.row(
                SWAPS
                        + " releases of each part, swapped in and out under four cameras: longest gap",
                longest + " ms",
                "1000 ms");
        PerformanceBench.row(
                "crossings seen, lost, doubled; resident memory after each round",
                String.format(
                        Locale.ROOT,
                        "%d, %d, %d; %s MB",
                        sum.seen(),
                        sum.lost(),
                        sum.doubled(),
                        resident),
                "0 lost, 0 doubled");
        assertThat(sum.lost()).as("lost").isZero();
        assertThat(sum.doubled()).as("doubled").isZero();
        assertThat(sum.counted()).as("counted").isEqualTo(sum.seen());
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
