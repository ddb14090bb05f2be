package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Everything that may befall a running program ({@link Drill}), one after the other under two
 * cameras: after how long it was noticed, after how long all was well again without a person, and
 * that no count was lost. The data folder is a small disk of its own, so that it can be full. Rows
 * go to {@code target/bench.md}. {@code -Dvisionops.drills=HEAP,DISK_FULL} does those alone.
 */
@Tag("bench")
@Isolated
class FaultCampaignBench {

    /** The bar is nine of ten. */
    private static final double HEALED = 0.9;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> CAMERAS = List.of("east", "west");
    private static final String SABOTAGED = "yard";

    private static final String SETTINGS =
            """
            sensor.file = %s
            health.interval = 5s
            governor.hold.down = 15s
            governor.hold.pause = 5s
            governor.hold.up = 5s
            """;

    private static final Duration FOR_A_WHILE = Duration.ofSeconds(40);

    /** What has not been noticed by then has done no harm. */
    private static final Duration UNNOTICED = Duration.ofSeconds(60);

    private static final int HEAL_SECONDS = 120;

    private Instance instance;
    private CountLedger ledger;
    private FakeClock clock;
    private Path sensor;

    /** Checks that were not well before, and those that were critical. */
    private Set<String> usual = Set.of();

    private Set<String> usuallyCritical = Set.of();

    private int recorded;

    /** What came of a drill; times from its beginning, healing from its end where it has one. */
    private record Outcome(
            Drill drill,
            Optional<Duration> noticed,
            Optional<Duration> healed,
            String how,
            long alerts,
            CountLedger.Account account) {

        String row() {
            return String.format(
                    Locale.ROOT,
                    "%s | %s | %s, %d | %d, %d",
                    noticed.map(FaultCampaignBench::seconds).orElse("-"),
                    healed.map(FaultCampaignBench::seconds).orElse("not within 6 min"),
                    how,
                    alerts,
                    account.lost() + account.wrong(),
                    account.doubled());
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    @Test
    void whatBefallsARunningProgramHealsWithoutAPersonAndNothingIsLost() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        instance = Instance.fresh("fault-campaign");
        Assumptions.assumeTrue(
                mount("-t", "tmpfs", "-o", "size=1500m", "tmpfs", instance.data().toString()),
                "a file system of its own needs root");
        try {
            prepare();
            for (Drill drill : Chosen.of(Drill.class, "visionops.drills")) {
                outcomes.add(once(drill));
                System.out.println(drill + " | " + outcomes.get(outcomes.size() - 1).row());
            }
            instance.stop().expect(0);
            ledger.assertThatNothingIsLostOrDoubled();
        } finally {
            ledger.close();
            instance.close();
            Instance.run(30, List.of("umount", "-l", instance.data().toString()));
        }
        for (Outcome outcome : outcomes) {
            PerformanceBench.row(outcome.drill().words(), outcome.row(), "-");
        }
        long healed = outcomes.stream().filter(one -> one.healed().isPresent()).count();
        PerformanceBench.row("healed without a person", healed + " of " + outcomes.size(), "90 %");
        assertThat(healed).isGreaterThanOrEqualTo((long) Math.ceil(HEALED * outcomes.size()));
    }

    private static boolean mount(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(words));
        return Instance.run(30, command).status() == 0;
    }

    private void prepare() throws Exception {
        ledger = CountLedger.following(instance);
        Files.createDirectories(instance.etc());
        sensor = instance.data().resolve("degrees");
        degrees(50);
        Files.writeString(
                instance.etc().resolve("io.visionops.health.cfg"), SETTINGS.formatted(sensor));
        clock = FakeClock.of(instance);
        instance.startWith(clock.environment()).expect(0);
        Cameras.addLoopingProcessions(instance, CAMERAS);
    }

    private Outcome once(Drill drill) throws Exception {
        usual = checks(Set.of("WARN", "CRITICAL"));
        usuallyCritical = checks(Set.of("CRITICAL"));
        recorded = instance.restarts().size();
        List<String> cameras = makeReady(drill);
        int crossings = ledger.crossings();
        Await.until(30, () -> ledger.crossings() > crossings);

        Instant began = Instant.now();
        long start = System.nanoTime();
        AutoCloseable harm = begin(drill);
        Watch watch = new Watch(start, cameras, Cameras.analysed(instance));
        if (!drill.isWithin() || drill.isForAPerson()) {
            Instant end = began.plus(FOR_A_WHILE);
            Await.until(
                    (int) FOR_A_WHILE.toSeconds(),
                    () -> {
                        watch.look();
                        return Instant.now().isAfter(end);
                    });
            harm.close();
            watch.ended();
        }
        Optional<Duration> healed = watch.untilWell();
        String how = how();
        long alerts = alertsSince(began);
        if (drill.isWithin() && !drill.isForAPerson()) {
            harm.close();
        }
        if (drill.isOfADetector()) {
            instance.shell("camera-remove", SABOTAGED);
        }
        answerTheCrashes();
        return new Outcome(drill, watch.noticed, healed, how, alerts, ledger.account());
    }

    /** A camera for a detector that is about to fail. */
    private List<String> makeReady(Drill drill) throws Exception {
        if (!drill.isOfADetector()) {
            return CAMERAS;
        }
        Files.deleteIfExists(Saboteur.TRIGGER);
        install(drill);
        instance.shell(
                        "camera-add",
                        SABOTAGED,
                        "file:" + Clips.of(Scenes.procession()),
                        "--set",
                        "loop=true",
                        "--set",
                        "detector=saboteur",
                        "--set",
                        "objects=person")
                .expect(0);
        Await.until(30, () -> Cameras.areAnalysedSince(Map.of(), instance, List.of(SABOTAGED)));
        return List.of("east", "west", SABOTAGED);
    }

    private void install(Drill drill) throws Exception {
        Path bundle = Saboteur.of(drill.name(), drill.harm());
        instance.shell("bundle:install", "-s", "file:" + bundle);
    }

    /** Does the harm; what is returned ends it. */
    private AutoCloseable begin(Drill drill) throws Exception {
        if (drill.isOfADetector()) {
            Files.createFile(Saboteur.TRIGGER);
            return this::uninstall;
        }
        if (drill.isWithin()) {
            install(drill);
            // Threads that run on are ended by nothing less.
            return drill == Drill.LOOP ? () -> instance.call("restart") : this::uninstall;
        }
        return switch (drill) {
            case DATABASE_LOCKED -> lock();
            case DISK_FULL -> fill(0);
            case DISK_SHORT -> fill(60L << 20);
            case HEAT -> {
                degrees(80);
                yield () -> degrees(50);
            }
            case CLOCK_AHEAD -> set("+1d");
            case CLOCK_BEHIND -> set("-1d");
            case BOOT_WITH_A_WRONG_CLOCK -> {
                AutoCloseable end = set("-365d");
                Instance.signal("KILL", instance.jvm());
                yield end;
            }
            default -> throw new IllegalStateException(drill.name());
        };
    }

    private void uninstall() throws Exception {
        instance.shell("bundle:uninstall", Saboteur.NAME);
    }

    private AutoCloseable lock() throws Exception {
        Connection other =
                DriverManager.getConnection(
                        "jdbc:sqlite:" + instance.data().resolve("visionops/visionops.db"));
        try (Statement statement = other.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("BEGIN EXCLUSIVE");
        }
        return other;
    }

    private AutoCloseable fill(long left) throws IOException {
        Path file = instance.data().resolve("what-fills-the-disk");
        long free = Files.getFileStore(instance.data()).getUsableSpace();
        byte[] megabyte = new byte[1 << 20];
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long written = 0; written < free - left; written += megabyte.length) {
                bytes.write(megabyte, 0, (int) Math.min(megabyte.length, free - left - written));
            }
        } catch (IOException full) {
            // As it should be.
            assertThat(left).isZero();
        }
        return () -> Files.delete(file);
    }

    private void degrees(int degrees) throws IOException {
        Path part = sensor.resolveSibling("degrees.part");
        Files.writeString(part, degrees + "000\n");
        Files.move(part, sensor, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private AutoCloseable set(String distance) throws IOException {
        clock.set(distance);
        return () -> clock.set("+0");
    }

    /** Looks at how it goes, from outside. */
    private final class Watch {

        private final List<String> cameras;
        private final Map<String, Long> before;
        private long start;
        private final long began;
        private Optional<Duration> noticed = Optional.empty();

        Watch(long began, List<String> cameras, Map<String, Long> before) {
            this.began = began;
            this.start = began;
            this.cameras = cameras;
            this.before = before;
        }

        /** From now on it can heal. */
        void ended() {
            start = System.nanoTime();
        }

        private Duration since(long moment) {
            return Duration.ofNanos(System.nanoTime() - moment);
        }

        void look() throws Exception {
            if (noticed.isEmpty() && isNoticed()) {
                noticed = Optional.of(since(began));
            }
        }

        private boolean isNoticed() throws Exception {
            if (instance.restarts().size() > recorded) {
                return true;
            }
            return !usual.containsAll(checks(Set.of("WARN", "CRITICAL")));
        }

        Optional<Duration> untilWell() {
            int crossings = ledger.crossings();
            try {
                Await.until(
                        HEAL_SECONDS,
                        () -> {
                            look();
                            return (noticed.isPresent() || since(began).compareTo(UNNOTICED) > 0)
                                    && isWell(crossings);
                        });
                return Optional.of(since(start));
            } catch (ConditionTimeoutException e) {
                return Optional.empty();
            }
        }

        private boolean isWell(int crossings) throws Exception {
            Map<String, Long> now = Cameras.analysed(instance);
            return cameras.stream()
                            .allMatch(
                                    camera ->
                                            now.getOrDefault(camera, 0L) > 0
                                                    && !now.get(camera).equals(before.get(camera)))
                    && ledger.crossings() > crossings
                    && usuallyCritical.containsAll(checks(Set.of("CRITICAL")));
        }
    }

    /** Names of checks that are in such a state; one of its own while nobody answers. */
    private Set<String> checks(Set<String> statuses) throws Exception {
        Instance.Result health = instance.shell("health", "--json");
        if (!health.out().startsWith("{")) {
            return Set.of("no answer");
        }
        Set<String> names = new TreeSet<>();
        collect(JSON.readTree(health.out()), statuses, names);
        return names;
    }

    private static void collect(JsonNode node, Set<String> statuses, Set<String> names) {
        if (node.has("name") && statuses.contains(node.path("status").asText())) {
            names.add(node.get("name").asText());
        }
        node.forEach(child -> collect(child, statuses, names));
    }

    /** Which restarts and repairs there were. */
    private String how() throws Exception {
        List<String> all = instance.restarts();
        return all.size() == recorded
                ? "no restart"
                : String.join(" ", all.subList(recorded, all.size()));
    }

    private long alertsSince(Instant began) throws Exception {
        long alerts = 0;
        for (JsonNode event : instance.json("events", "--type", "alert").get("events")) {
            alerts +=
                    Instant.parse(event.get("time").asText()).isAfter(began)
                                    && event.toString().contains(" fires")
                            ? 1
                            : 0;
        }
        return alerts;
    }

    /** Else the next crashes would be answered later and later, and by safe mode. */
    private void answerTheCrashes() throws Exception {
        if (instance.restarts().size() > recorded) {
            CrashCampaignBench.answerTheCrashes(instance);
            TimeUnit.SECONDS.sleep(1);
        }
    }
}
