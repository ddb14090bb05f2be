package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said of a part that is there, that is away and that is back. */
class HealthIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse";

    /** Of the machine that runs the tests, which is busy with them. */
    private static final String LIMITS =
            """
            governor.enabled = false
            health.interval = 2s
            swap.limit = 3s
            memory.limit = 60GB
            cpu.warn = 100
            cpu.critical = 101
            temperature.warn = 150
            temperature.critical = 200
            disk.free.warn = 1MB
            disk.free.critical = 1MB
            disk.used.warn = 100
            disk.used.critical = 101
            """;

    /** One without a time that a fault has to last. */
    private static final String RULES = "rule.inference-away.check = visionops.inference.bundle\n";

    /** From a check that is critical to its alert. */
    private static final Duration TOLD = Duration.ofSeconds(10);

    private static final List<String> CHECKS =
            List.of(
                    "visionops.backup.age",
                    "visionops.backup.bundle",
                    "visionops.backup.logs",
                    "visionops.backup.offsite",
                    "visionops.backup.proven",
                    "visionops.processes.children",
                    "visionops.security.audit",
                    "visionops.security.bundle",
                    "visionops.ingest.cameras",
                    "visionops.ingest.frames",
                    "visionops.ingest.incidents",
                    "visionops.ingest.journal",
                    "visionops.inference.detectors",
                    "visionops.inference.journal",
                    "visionops.inference.progress",
                    "visionops.store.integrity",
                    "visionops.store.open",
                    "visionops.store.progress",
                    "visionops.store.write",
                    "visionops.health.alerts",
                    "visionops.health.clock",
                    "visionops.health.cpu",
                    "visionops.health.descriptors",
                    "visionops.health.direct-memory",
                    "visionops.health.disk",
                    "visionops.health.forecast",
                    "visionops.health.framework",
                    "visionops.health.governor",
                    "visionops.health.memory",
                    "visionops.health.memory-growth",
                    "visionops.health.network",
                    "visionops.health.temperature",
                    "visionops.health.threads",
                    "visionops.health.uptime",
                    "visionops.health.watchdog",
                    "visionops.health.write",
                    "visionops.security.secrets",
                    "visionops.updater.bundle",
                    "visionops.updater.releases",
                    "visionops.api.bundle",
                    "visionops.channel.bundle",
                    "visionops.console.bundle",
                    "visionops.console.pages",
                    "visionops.discovery.bundle",
                    "visionops.health.bundle",
                    "visionops.inference.bundle",
                    "visionops.ingest.bundle",
                    "visionops.logging.bundle",
                    "visionops.login.bundle",
                    "visionops.micrometer.bundle",
                    "visionops.natives.bundle",
                    "visionops.noscp.bundle",
                    "visionops.processes.bundle",
                    "visionops.shell.bundle",
                    "visionops.store.bundle");

    /** Trends are looked at each five seconds; what is left out is left out by then. */
    private static final int SAMPLE_SECONDS = 6;

    private static final String WHITEBOARD = "org.ops4j.pax.web.pax-web-extender-whiteboard";

    private static Instance instance;

    @BeforeAll
    static void start() throws Exception {
        instance = Instance.fresh("health");
        Files.createDirectories(instance.etc());
        Files.writeString(instance.etc().resolve("io.visionops.health.cfg"), LIMITS);
        Files.writeString(instance.etc().resolve("io.visionops.alerts.cfg"), RULES);
        instance.start().expect(0);
        Files.writeString(
                instance.etc().resolve("users.properties"),
                "vera = " + PASSWORD + ",_g_:viewergroup\n",
                StandardOpenOption.APPEND);
        awaitWell();
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            assertThat(instance.log()).doesNotContain(" ERROR ");
        } finally {
            instance.close();
        }
    }

    @Test
    void whereAllIsWellEveryExpectedCheckSaysSo() throws Exception {
        Instance.Result health = instance.shell("health", "--json").expect(0);

        JsonNode document = JSON.readTree(health.out());
        assertThat(document.get("status").asText()).isEqualTo("OK");
        assertThat(document.get("checks").findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(CHECKS);
        assertThat(document.get("checks").findValuesAsText("status")).containsOnly("OK");
        assertThat(instance.shell("health").expect(0).out()).startsWith("OK\n");
        assertThat(instance.call("status").out()).contains("health     OK");
        assertThat(page("/system/console/healthcheck?tags=*"))
                .contains("visionops.health.disk", "visionops.store.write");
        assertThat(status("/health/live", null)).isEqualTo(200);
        assertThat(status("/health/ready", null)).isEqualTo(401);
        assertThat(status("/health/tree", null)).isEqualTo(401);
        assertThat(status("/health/ready", "vera")).isEqualTo(200);
        HttpResponse<String> tree = answer("/health/tree", "vera");
        assertThat(JSON.readTree(tree.body()).get("checks")).hasSize(CHECKS.size());
        // The first look at the memory may come before there is anything to see.
        Await.until(10, () -> metrics().contains("visionops_memory_bytes"));
        assertThat(metrics())
                .contains(
                        "visionops_health_status{check=\"visionops.store.open\"} 0",
                        "visionops_memory_bytes{kind=\"heap\"}",
                        "visionops_memory_bytes{kind=\"native\"}");
    }

    @Test
    void aPartThatIsStoppedIsMissedAndSeenToBeBack() throws Exception {
        Instant stopped = Instant.now();
        instance.shell("bundle:stop", "io.visionops.inference").expect(0);

        Await.until(
                15,
                () ->
                        node("visionops.inference.bundle")
                                .path("status")
                                .asText()
                                .equals("CRITICAL"));

        assertThat(Duration.between(stopped, Instant.now())).isLessThan(Duration.ofSeconds(12));
        JsonNode away = node("visionops.inference.bundle");
        assertThat(away.get("part").asText()).isEqualTo("inference");
        assertThat(away.get("cause").asText()).startsWith("the part inference is away: its bundle");
        assertThat(away.get("remedy").asText()).contains("bundle:start io.visionops.inference");
        assertThat(away.get("children").findValuesAsText("name"))
                .containsExactlyInAnyOrder(
                        "visionops.inference.detectors",
                        "visionops.inference.journal",
                        "visionops.inference.progress");
        assertThat(Instant.parse(away.get("since").asText())).isAfter(stopped);
        assertThat(instance.shell("health").expect(2).out()).startsWith("CRITICAL\n");
        assertThat(instance.call("status").out())
                .contains("health     CRITICAL: visionops.inference");
        assertThat(status("/health/live", null)).isEqualTo(200);
        assertThat(status("/health/ready", "vera")).isEqualTo(503);
        assertThat(metrics())
                .contains("visionops_health_status{check=\"visionops.inference.progress\"} 3");
        Await.until(15, () -> told().isPresent());
        Duration untilTold =
                Duration.between(Instant.parse(away.get("since").asText()), told().orElseThrow());
        System.out.printf("alert %d ms after its check%n", untilTold.toMillis());
        assertThat(untilTold).isBetween(Duration.ZERO, TOLD);

        Instant started = Instant.now();
        instance.shell("bundle:start", "io.visionops.inference").expect(0);
        awaitWell();

        JsonNode back = node("visionops.inference.bundle");
        assertThat(Instant.parse(back.get("since").asText())).isAfter(started);
        assertThat(status("/health/ready", "vera")).isEqualTo(200);
        Await.until(10, () -> changes("visionops.inference.bundle").contains("CRITICAL>OK"));
        assertThat(changes("visionops.inference.bundle")).contains("OK>TEMPORARILY_UNAVAILABLE");
        assertThat(instance.json("events", "--type", "health-changed").get("events")).isNotEmpty();
        assertThat(instance.json("health-history", "visionops.inference.progress").get("results"))
                .isNotEmpty();
    }

    @Test
    void sinceWhenACheckIsAsItIsOutlivesASwapOfHealth() throws Exception {
        String since = node("visionops.store.open").get("since").asText();

        instance.shell("bundle:update", "io.visionops.health").expect(0);

        Await.until(20, () -> !node("visionops.store.open").isMissingNode());
        assertThat(node("visionops.store.open").get("since").asText()).isEqualTo(since);
        assertThat(status("/health/live", null)).isEqualTo(200);
    }

    @Test
    void theBasicLevelWatchesNoTrendsUntilAllIsWatchedAgain() throws Exception {
        Path file = instance.etc().resolve("io.visionops.health.cfg");
        String off = "not watched, since monitoring.level = basic";

        Files.writeString(file, LIMITS + "monitoring.level = basic\n");

        Await.until(20, () -> causes("visionops.health.memory-growth").contains(off));
        assertThat(causes("visionops.health.forecast")).contains(off);
        TimeUnit.SECONDS.sleep(SAMPLE_SECONDS);
        assertThat(metrics()).contains("visionops_memory_bytes{kind=\"heap\"}");
        Files.writeString(file, LIMITS);
        Await.until(20, () -> !causes("visionops.health.memory-growth").contains(off));
    }

    /** As a race of its own does now and then: the servlets are there, and none is given out. */
    @Test
    void pagesThatTheWebServerHasLostAreCriticalUntilItHasThemAgain() throws Exception {
        String check = "visionops.console.pages";
        instance.shell("bundle:stop", WHITEBOARD).expect(0);
        try {
            // Asked for each half minute.
            Await.until(60, () -> node(check).path("status").asText().equals("CRITICAL"));

            assertThat(causes(check)).contains("/health/live answers 404");
        } finally {
            instance.shell("bundle:start", WHITEBOARD).expect(0);
        }
        awaitWell();
        assertThat(status("/health/ready", "vera")).isEqualTo(200);
    }

    private static String causes(String check) throws Exception {
        return node(check).path("cause").asText();
    }

    private static void awaitWell() {
        Await.until(30, () -> instance.shell("health").status() == 0);
    }

    /** When the alert of the part that is away was told; empty before that. */
    private static Optional<Instant> told() throws Exception {
        for (JsonNode event : instance.json("events", "--type", "alert").get("events")) {
            if (event.toString().contains("inference-away fires")) {
                return Optional.of(Instant.parse(event.get("time").asText()));
            }
        }
        return Optional.empty();
    }

    /** {@code FROM>TO} of each change of a check, newest first. */
    private static List<String> changes(String check) throws Exception {
        List<String> changes = new ArrayList<>();
        for (JsonNode change : instance.json("health-history", check).get("changes")) {
            changes.add(change.get("before").asText() + ">" + change.get("status").asText());
        }
        return changes;
    }

    /** A root of the tree; missing when there is none of that name. */
    private static JsonNode node(String name) throws Exception {
        String out = instance.shell("health", "--json").out();
        if (!out.startsWith("{")) {
            return MissingNode.getInstance();
        }
        for (JsonNode node : JSON.readTree(out).get("checks")) {
            if (node.get("name").asText().equals(name)) {
                return node;
            }
        }
        return MissingNode.getInstance();
    }

    private static String metrics() throws Exception {
        return answer("/metrics", "vera").body();
    }

    private static String page(String path) throws Exception {
        return WebPages.of(instance).asAdmin(path);
    }

    private static int status(String path, String user) throws Exception {
        return answer(path, user).statusCode();
    }

    private static HttpResponse<String> answer(String path, String user) throws Exception {
        return WebPages.of(instance).answer("GET", path, user, user == null ? null : PASSWORD);
    }
}
