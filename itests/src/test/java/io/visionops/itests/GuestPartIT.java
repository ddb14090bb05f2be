package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A part that is newer than everything else, and that nothing else knows, in the running
 * distribution: its facts are kept and shown, its meters, its check and its repairs are used, and
 * nothing of it stays when it goes, but what it recorded.
 */
class GuestPartIT {

    private static final String WIND = "visionops_weather_wind ";
    private static final String CHECK = "visionops.weather.station";
    private static final String THREAD = "visionops-weather-station";
    private static final String INFERENCE = "io.visionops.inference";
    private static final String REFUSED = "an entry is refused for good";
    private static final int SWAPS = 10;

    private static Instance instance;

    @BeforeAll
    static void start() throws Exception {
        instance = Instance.fresh("guest");
        instance.start().expect(0);
    }

    @AfterEach
    void uninstall() throws Exception {
        if (instance.shell("bundle:list").expect(0).out().contains("VisionOps weather")) {
            instance.shell("bundle:uninstall", GuestBundle.NAME).expect(0);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            assertThat(errors()).allMatch(line -> line.contains(REFUSED));
        } finally {
            instance.close();
        }
    }

    @Test
    void aPartThatNothingKnowsIsUsedSwappedAndRemovedAndItsRecordsStay() throws Exception {
        install("9.0.0");
        assertThatFactsAreShown();
        assertThatMetersAndCheckAreShown();
        assertThatItsRepairIsMade();

        for (int swap = 1; swap <= SWAPS; swap++) {
            String version = "9.0." + swap;
            instance.shell("bundle:update", GuestBundle.NAME, url(version)).expect(0);
            awaitRecord(version, "started");
            assertThatMetersAreShownOnce(version);
        }
        Histogram.of(instance.jvm());
        assertThat(classLoaders()).isEqualTo(1);
        assertThat(threads()).containsOnlyOnce(THREAD);

        Swap.of(instance, "store", Swap.Way.NEW_VERSION, 1);
        awaitNextReading();
        List<JsonNode> written = records();
        assertThatNoReadingIsMissing("9.0." + SWAPS, written);

        instance.shell("bundle:uninstall", GuestBundle.NAME).expect(0);

        assertThat(page("/metrics")).doesNotContain("visionops_weather", "part=\"weather\"");
        assertThat(page("/system/console/healthcheck?tags=*"))
                .doesNotContain(CHECK)
                .contains("visionops.processes.children");
        assertThat(instance.json("recovery-list").toString()).doesNotContain("weather");
        assertThat(threads()).doesNotContain("visionops-weather");
        assertThat(Histogram.of(instance.jvm()).of(GuestBundle.PACKAGE).instances()).isZero();
        assertThat(classLoaders()).isZero();
        assertThat(records()).containsAll(written);
        assertThatFactsAreShown();
    }

    @Test
    void anEntryThatThisVersionRefusesHoldsUpNothing() throws Exception {
        Path clip = Clips.of(Scenes.procession(), Duration.ofMinutes(1));
        try (RtspServer server = RtspServer.serving(clip)) {
            Cameras.addProcession(instance, "gate", server.url());
            install("9.1.0");
            Await.until(60, () -> crossings() > 0);
            long crossings = crossings();

            repair("weather.overreach");

            awaitRecord("9.1.0", "behind");
            awaitRecord("9.1.0", "refused");
            JsonNode refused = record("refused").get("body");
            assertThat(refused.get("refused").asText()).isEqualTo("EntryRefusedException");
            assertThat(refused.get("why").asText()).contains("json");
            assertThat(record("before").isMissingNode()).isFalse();
            awaitNextReading();
            Await.until(30, () -> crossings() > crossings);
            assertThat(errors()).singleElement().asString().contains(REFUSED + ", 1 so far");
            instance.shell("camera-remove", "gate").expect(0);
        }
    }

    @Test
    void framesAreOfOneBundleAndOneThatGoesDoesNotKeepThem() throws Exception {
        Path clip = Clips.of(Scenes.procession(), Duration.ofMinutes(1));
        try (RtspServer server = RtspServer.serving(clip)) {
            Cameras.addProcession(instance, "gate", server.url());
            install("9.3.0");
            Await.until(60, () -> crossings() > 0);

            assertThat(steal(1)).contains("the frames of camera gate are taken by " + INFERENCE);

            instance.shell("bundle:stop", INFERENCE).expect(0);
            steal(0);
            instance.shell("bundle:start", INFERENCE).expect(0);
            String holder = GuestBundle.NAME + " 9.3.0";
            Await.until(
                    20,
                    () ->
                            instance.log()
                                    .contains(
                                            "not analysed: the frames of camera gate are taken by "
                                                    + holder));
            long analysed = looked();

            instance.shell("bundle:uninstall", GuestBundle.NAME).expect(0);

            Await.until(20, () -> looked() > analysed + 20);
            long crossings = crossings();
            Await.until(60, () -> crossings() > crossings);
            instance.shell("camera-remove", "gate").expect(0);
        }
    }

    /** Frames that somebody has taken and settled. */
    private static long looked() throws Exception {
        JsonNode row = instance.frames("gate");
        return row.get("analysed").asLong() + row.get("gated").asLong();
    }

    private static String steal(int status) throws Exception {
        Instance.Result result =
                instance.shell("recovery-run", "weather.steal-frames", "station/roof");
        return result.expect(status).out() + result.err();
    }

    @Test
    void everyPartIsAskedForACheckpointAndOneThatFailsIsNamed() throws Exception {
        Path clip = Clips.of(Scenes.procession(), Duration.ofMinutes(1));
        try (RtspServer server = RtspServer.serving(clip)) {
            Cameras.addProcession(instance, "gate", server.url());
            install("9.4.0");
            Await.until(60, () -> crossings() > 0);

            JsonNode rows = instance.json("checkpoint-now");

            assertThat(rows)
                    .extracting(row -> row.get("owner").asText())
                    .containsExactly(
                            "inference.gate",
                            "inference.journal",
                            "ingest.gate",
                            "ingest.journal",
                            "store",
                            "weather.roof");
            assertThat(rows).allMatch(row -> row.get("saved").asBoolean());
            assertThat(instance.json("checkpoint-info", "--owner", "inference.gate"))
                    .isNotEmpty()
                    .allMatch(row -> row.get("intact").asBoolean());
            Instance.Result failed = instance.shell("checkpoint-now", "--reason", "storm");
            assertThat(failed.expect(1).out() + failed.err())
                    .contains("the mast is down", "not saved: weather.roof");
            instance.shell("camera-remove", "gate").expect(0);
        }
    }

    private static long crossings() throws Exception {
        long[] inOut = instance.counts("gate", "door");
        return inOut[0] + inOut[1];
    }

    private static List<String> errors() throws Exception {
        return instance.log().lines().filter(line -> line.contains(" ERROR ")).toList();
    }

    private static void install(String version) throws Exception {
        instance.shell("bundle:install", "-s", url(version)).expect(0);
        awaitRecord(version, "started");
    }

    private static String url(String version) throws Exception {
        return GuestBundle.of(version).toUri().toString();
    }

    private static void assertThatFactsAreShown() throws Exception {
        JsonNode ofType = instance.json("events", "--type", "storm-warning").get("events");
        JsonNode ofSubject = instance.json("events", "--subject", "station/roof").get("events");
        assertThat(ofType).isNotEmpty().isEqualTo(ofSubject);
        JsonNode warning = ofType.get(0);
        assertThat(warning.get("severity").asText()).isEqualTo("warning");
        assertThat(warning.get("detail").asText()).isEqualTo("wind of 30 m/s is expected");
        JsonNode started = record("started");
        assertThat(started.get("subject").asText()).isEqualTo("station/roof");
        assertThat(started.get("actor").asText()).isEqualTo("part/weather");
        assertThat(started.get("event")).isEqualTo(warning.get("id"));
    }

    private static void assertThatMetersAndCheckAreShown() throws Exception {
        assertThatMetersAreShownOnce("9.0.0");
        String health = page("/system/console/healthcheck?tags=weather");
        assertThat(health).contains(CHECK, "OK the wind on the roof was measured");
    }

    private static void assertThatMetersAreShownOnce(String version) throws Exception {
        assertThat(page("/metrics").lines())
                .filteredOn(line -> line.startsWith("visionops_weather_") || isOfGuest(line))
                .extracting(line -> line.substring(0, line.lastIndexOf(' ') + 1))
                .containsExactlyInAnyOrder(
                        WIND,
                        "visionops_weather_readings_total ",
                        "visionops_build_info{part=\"weather\",version=\"" + version + "\"} ");
    }

    private static boolean isOfGuest(String line) {
        return line.contains("part=\"weather\"");
    }

    private static void assertThatItsRepairIsMade() throws Exception {
        assertThat(instance.json("recovery-list"))
                .anySatisfy(
                        row -> {
                            assertThat(row.get("name").asText()).isEqualTo("weather.recalibrate");
                            assertThat(row.get("targets").get(0).asText())
                                    .isEqualTo("station/roof");
                        });
        repair("weather.recalibrate");
        awaitRecord("9.0.0", "recalibrated");
        assertThat(record("recalibrated").get("actor").asText()).startsWith("user/");
    }

    private static void awaitNextReading() throws Exception {
        JsonNode last = record("reading");
        Await.until(20, () -> !record("reading").equals(last));
    }

    /** Nor twice, or out of order: those of one version are numbered from 1. */
    private static void assertThatNoReadingIsMissing(String version, List<JsonNode> records) {
        List<Long> numbers =
                records.stream()
                        .map(record -> record.get("body"))
                        .filter(body -> body.get("version").asText().equals(version))
                        .filter(body -> body.has("reading"))
                        .map(body -> body.get("reading").asLong())
                        .toList();
        long newest = numbers.get(0);
        assertThat(numbers)
                .isEqualTo(LongStream.range(0, newest).mapToObj(i -> newest - i).toList());
    }

    private static void repair(String name) throws Exception {
        JsonNode result = instance.json("recovery-run", name, "station/roof");
        assertThat(result.get("done").asBoolean()).as(result.toString()).isTrue();
    }

    private static void awaitRecord(String version, String what) {
        Await.until(20, () -> record(what).path("body").path("version").asText().equals(version));
    }

    /** The newest record of the guest that tells of something. */
    private static JsonNode record(String what) throws Exception {
        return records().stream()
                .filter(record -> record.get("body").has(what))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static List<JsonNode> records() throws Exception {
        JsonNode page = instance.json("records", "--kind", "weather", "--limit", "1000");
        return StreamSupport.stream(page.get("records").spliterator(), false).toList();
    }

    private static String page(String path) throws Exception {
        return WebPages.of(instance).asAdmin(path);
    }

    private static String threads() throws Exception {
        return instance.jcmd(30, "Thread.print");
    }

    /**
     * Class loaders that have the guest's class; {@link Histogram#of} collects those that nobody
     * uses.
     */
    private static long classLoaders() throws Exception {
        String name = GuestBundle.PACKAGE + "WeatherPart";
        return instance.jcmd(30, "VM.classloaders", "show-classes=true", "fold=false")
                .lines()
                .filter(line -> line.strip().endsWith(name))
                .count();
    }
}
