package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A camera with nothing behind it, of which somebody is told once, whatever is killed meanwhile.
 */
class AlertIT {

    private static final String PASSWORD = "correct horse";

    /** Of the machine that runs the tests, which may be full, nothing counts. */
    private static final String LIMITS =
            """
            governor.enabled = false
            health.interval = 2s
            disk.free.warn = 1MB
            disk.free.critical = 1MB
            disk.used.warn = 100
            disk.used.critical = 101
            """;

    private static final String RULES =
            """
            rule.lost.metric = visionops_camera_failures
            rule.lost.above = 0
            rule.lost.group.by = camera
            rule.lost.for = 4s
            rule.lost.clear.for = 10s
            rule.lost.escalate = 1h
            rule.files.check = visionops.ingest.cameras
            rule.files.when = warn
            """;

    @Test
    void aLostCameraIsToldOnceAndAcknowledgedThroughAKillAndASwap() throws Exception {
        try (Instance instance = Instance.fresh("alerts")) {
            Files.writeString(instance.etc().resolve("io.visionops.health.cfg"), LIMITS);
            instance.start().expect(0);
            Files.writeString(
                    instance.etc().resolve("users.properties"),
                    """
                    vera = %1$s,_g_:viewergroup
                    olga = %1$s,_g_:operatorgroup
                    """
                            .formatted(PASSWORD),
                    StandardOpenOption.APPEND);

            assertThatTheRulesOfTheDistributionAreSilent(instance);

            save(instance, RULES);
            Await.until(20, () -> rules(instance).size() == 2);
            Files.writeString(
                    instance.etc().resolve("io.visionops.camera-gone.cfg"),
                    "url = rtsp://127.0.0.1:9/gone\ndetector = motion\nobjects = moving\n");
            Await.until(60, () -> state(instance, "lost").equals("firing"));
            JsonNode alert = alert(instance, "lost");
            assertThat(alert.get("subject").asText()).isEqualTo("camera/gone");
            assertThat(alert.get("severity").asText()).isEqualTo("warning");
            assertThat(WebPages.of(instance).asAdmin("/metrics"))
                    .contains("visionops_alerts_firing{severity=\"warning\"}");

            acknowledge(instance, alert.get("id").asText());
            save(instance, "rule.lost.for = soon\n");
            Await.until(30, () -> instance.shell("alert-rules").status() == 1);
            assertThat(instance.shell("alert-rules").out())
                    .contains("io.visionops.alerts.cfg is refused: line 1: ");
            Await.until(20, () -> instance.shell("health").out().contains("line 1: "));

            kill(instance);
            assertThatNothingHasChanged(instance, alert);
            assertThat(rules(instance)).containsExactly("files", "lost");
            Swap.of(instance, "health", Swap.Way.RESTART, 0);
            Await.until(30, () -> instance.shell("alert-list").status() == 0);
            assertThatNothingHasChanged(instance, alert);

            Files.delete(instance.etc().resolve("io.visionops.camera-gone.cfg"));
            Await.until(90, () -> state(instance, "lost").equals("resolved"));
            Await.until(90, () -> told(instance, "lost").size() == 3);
            assertThat(told(instance, "lost"))
                    .containsExactly("firing", "acknowledged", "resolved");
            assertThat(instance.json("events", "--type", "alert").toString())
                    .contains("lost fires: ", "lost is acknowledged by user/olga", "lost is over");

            // At the end: so many alerts are more than people are told of within an hour.
            assertThatEveryGaugeIsSeenByARule(instance);
        }
    }

    private static void assertThatTheRulesOfTheDistributionAreSilent(Instance instance)
            throws Exception {
        Await.until(30, () -> instance.shell("health").out().startsWith("OK"));
        assertThat(instance.shell("alert-rules").expect(0).out()).contains("disk-critical");
        assertThat(rules(instance)).hasSizeGreaterThan(30);
        assertThat(instance.json("alert-list").get("alerts")).isEmpty();
        assertThat(instance.log()).doesNotContain("WARN  io.visionops.health.internal.alert");
    }

    /** Under the name that the page of the metrics gives it. */
    private static void assertThatEveryGaugeIsSeenByARule(Instance instance) throws Exception {
        String page = WebPages.of(instance).asAdmin("/metrics");
        List<String> gauges =
                page.lines()
                        .filter(line -> line.matches("# TYPE visionops_\\w+ gauge"))
                        .map(line -> line.split(" ")[2])
                        // What there is none of yet is above nothing.
                        .filter(name -> !page.contains("\n" + name + " NaN"))
                        .filter(
                                name ->
                                        !name.matches(
                                                "visionops_(scrape|alerts|build)_\\w+|.*_max"))
                        .toList();
        assertThat(gauges).contains("visionops_store_commit_wait_seconds");
        StringBuilder rules = new StringBuilder();
        for (String gauge : gauges) {
            rules.append("rule.").append(gauge).append(".metric = ").append(gauge).append('\n');
            rules.append("rule.").append(gauge).append(".above = -999999999999\n");
        }
        save(instance, rules.toString());
        Await.until(20, () -> rules(instance).size() == gauges.size());
        Await.until(
                20,
                () ->
                        instance.json("alert-list")
                                .get("alerts")
                                .findValuesAsText("rule")
                                .containsAll(gauges));
    }

    private static void acknowledge(Instance instance, String id) throws Exception {
        try (SshUser vera = new SshUser(instance, "vera", PASSWORD);
                SshUser olga = new SshUser(instance, "olga", PASSWORD)) {
            assertThat(vera.run("alert-list").expect(0).out()).contains("firing");
            assertThat(vera.run("alert-ack " + id).status()).isNotZero();
            olga.run("alert-ack " + id).expect(0);
            olga.run("alert-silence files --for 1h --reason 'of no interest here'").expect(0);
        }
        assertThat(state(instance, "lost")).isEqualTo("acknowledged");
    }

    private static void kill(Instance instance) throws Exception {
        ProcessHandle jvm = instance.jvm();
        jvm.destroyForcibly();
        jvm.onExit().join();
        Await.until(90, () -> isAnother(instance, jvm) && isAnswered(instance));
    }

    private static boolean isAnother(Instance instance, ProcessHandle before) {
        return instance.processes().stream()
                .anyMatch(
                        one ->
                                one.pid() != before.pid()
                                        && Instance.commandLine(one)
                                                .contains("org.apache.karaf.main.Main"));
    }

    private static boolean isAnswered(Instance instance) throws Exception {
        return instance.shell("alert-list").status() == 0
                && instance.shell("db-stats").status() == 0;
    }

    private static void assertThatNothingHasChanged(Instance instance, JsonNode before)
            throws Exception {
        Await.until(60, () -> instance.shell("health").status() != 1 || !isBooting(instance));
        JsonNode now = alert(instance, "lost");
        assertThat(now.get("id")).isEqualTo(before.get("id"));
        assertThat(now.get("since")).isEqualTo(before.get("since"));
        assertThat(now.get("state").asText()).isEqualTo("acknowledged");
        assertThat(now.get("acknowledgedBy").asText()).isEqualTo("user/olga");
        assertThat(told(instance, "lost")).containsExactly("firing", "acknowledged");
        assertThat(instance.json("alert-list").get("silences").findValuesAsText("target"))
                .containsExactly("files");
    }

    private static boolean isBooting(Instance instance) throws Exception {
        return instance.shell("health").out().contains("just been started");
    }

    private static void save(Instance instance, String rules) throws Exception {
        Files.writeString(instance.etc().resolve("io.visionops.alerts.cfg"), rules);
    }

    private static List<String> rules(Instance instance) throws Exception {
        String out = instance.shell("alert-rules", "--json").out();
        List<String> names = new ArrayList<>();
        if (out.startsWith("{")) {
            new ObjectMapper()
                    .readTree(out)
                    .get("rules")
                    .forEach(rule -> names.add(rule.get("rule").asText()));
        }
        return names;
    }

    private static JsonNode alert(Instance instance, String rule) throws Exception {
        for (JsonNode alert : instance.json("alert-list", "--all").get("alerts")) {
            if (alert.get("rule").asText().equals(rule)) {
                return alert;
            }
        }
        throw new AssertionError("no alert of " + rule);
    }

    private static String state(Instance instance, String rule) throws Exception {
        return instance.json("alert-list", "--all")
                        .get("alerts")
                        .findValuesAsText("rule")
                        .contains(rule)
                ? alert(instance, rule).get("state").asText()
                : "";
    }

    /** What was recorded of a rule's alerts, oldest first. */
    private static List<String> told(Instance instance, String rule) throws Exception {
        List<String> told = new ArrayList<>();
        for (JsonNode row :
                instance.json("records", "--kind", "alert", "--limit", "100").get("records")) {
            JsonNode body = row.get("body");
            if (body.path("rule").asText().equals(rule)
                    && !body.get("what").asText().contains("silence")) {
                told.add(0, body.get("what").asText());
            }
        }
        return told;
    }
}
