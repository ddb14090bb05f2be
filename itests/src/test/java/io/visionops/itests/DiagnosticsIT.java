package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Logs are found by camera, and one file has what whoever helps needs, and no secret. */
class DiagnosticsIT {

    private static final String CANARY = "c4nary-Pw+9/x";

    /** As it has to be written in an address. */
    private static final String IN_ADDRESS = "c4nary-Pw%2B9%2Fx";

    @Test
    void logsAreFoundAndADiagnosticsFileHoldsEverythingButSecrets() throws Exception {
        try (Instance instance = Instance.fresh("diagnostics");
                RtspServer server = RtspServer.start(Clips.of(Scenes.demo()), "viewer:" + CANARY)) {
            instance.startWith("VISIONOPS_CANARY", CANARY).expect(0);
            instance.shell("camera-add", "vault", server.url("viewer:" + IN_ADDRESS)).expect(0);
            String nobody = "127.0.0.1:" + RtspServer.freePort();
            instance.shell(
                            "camera-add",
                            "broken",
                            "rtsp://viewer:" + IN_ADDRESS + "@" + nobody + "/cam?token=" + CANARY)
                    .expect(0);
            Await.until(60, () -> instance.stateOf("vault").equals("STREAMING"));
            Await.until(60, () -> instance.camera("broken").path("failures").asInt() >= 2);

            assertThatLinesAreFound(instance);
            assertThatALevelHoldsForATime(instance);
            String recovery = instance.json("backup-key").get("recoveryKey").asText();
            List<String> secrets = secrets(instance, recovery);

            JsonNode made = instance.json("diagnostics");
            Path file = Path.of(made.get("file").asText());
            assertThat(file).hasParent(instance.data().resolve("diagnostics"));
            Map<String, String> entries = unzip(file);
            assertThatEverythingIsThere(made, entries);
            entries.forEach((name, text) -> assertThatNoneIsIn(name, text, secrets));
            try (Stream<Path> logs = Files.list(instance.data().resolve("log"))) {
                for (Path log : logs.toList()) {
                    String text = Files.readString(log, StandardCharsets.ISO_8859_1);
                    assertThatNoneIsIn(log.toString(), text, secrets);
                }
            }
            Path named = instance.data().resolve("named.zip");
            instance.shell("diagnostics", named.toString()).expect(0);
            assertThat(instance.shell("diagnostics", named.toString()).status()).isNotZero();
            assertThat(unzip(named)).containsKey("manifest.json");
            assertThat(instance.log()).doesNotContain(" ERROR ");
        }
    }

    private static void assertThatLinesAreFound(Instance instance) throws Exception {
        Set<String> sessions = new TreeSet<>();
        JsonNode broken = instance.json("logs", "--camera", "broken").get("lines");
        for (JsonNode line : broken) {
            assertThat(line.toString()).contains("broken");
            if (line.get("camera").asText().equals("broken")) {
                assertThat(line.get("part").asText()).isEqualTo("ingest");
                sessions.add(line.get("correlation").asText("none"));
            }
        }
        sessions.remove("null");
        sessions.remove("none");
        assertThat(sessions).as("each try has an id").hasSizeGreaterThanOrEqualTo(2);
        assertThat(instance.json("logs", "--camera", "vault", "--grep", "streaming").toString())
                .contains("vault");
        assertThat(instance.json("logs", "--level", "warn", "--since", "1h").get("lines"))
                .isNotEmpty()
                .allMatch(line -> line.get("level").asText().matches("warn|error"));
        assertThat(instance.json("search", "broken").get("logs")).isNotEmpty();
        assertThat(instance.shell("logs", "--limit", "5").expect(0).out().lines())
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(instance.shell("logs", "--level", "loud").status()).isNotZero();
    }

    private static void assertThatALevelHoldsForATime(Instance instance) throws Exception {
        Path file = instance.etc().resolve("org.ops4j.pax.logging.cfg");
        String before = Files.readString(file);
        instance.shell("log-level", "io.visionops.shell", "debug", "--for", "5s").expect(0);
        assertThat(level(instance)).isEqualTo("debug");
        Await.until(60, () -> level(instance).isEmpty());
        // It is not written in one step.
        Await.until(20, () -> Files.readString(file).equals(before));
        assertThat(instance.shell("log-level", "org.eclipse.jetty", "debug").status()).isNotZero();
        // The files go on where they were.
        Await.until(
                20,
                () ->
                        !instance.json("logs", "--grep", "that of the configuration again")
                                .get("lines")
                                .isEmpty());
    }

    private static String level(Instance instance) throws Exception {
        for (JsonNode row : instance.json("log-level")) {
            if (row.get("logger").asText().equals("io.visionops.shell")) {
                return row.get("level").asText();
            }
        }
        return "";
    }

    private static void assertThatEverythingIsThere(JsonNode made, Map<String, String> entries) {
        for (JsonNode entry : made.get("entries")) {
            assertThat(entry.get("missing").isNull()).as(entry.toString()).isTrue();
        }
        assertThat(entries)
                .containsKeys(
                        "manifest.json",
                        "etc/io.visionops.camera-vault.cfg",
                        "etc/io.visionops.health.cfg",
                        "log/visionops.log",
                        "log/events.jsonl",
                        "health/tree.json",
                        "health/machine.json",
                        "health/governor.json",
                        "health/alerts.json",
                        "records/restart.json",
                        "database.json",
                        "cameras.json",
                        "processes.json",
                        "backups.json",
                        "updates.json",
                        "events.json",
                        "osgi/bundles.json",
                        "osgi/components.json",
                        "jvm/facts.json",
                        "jvm/threads.txt",
                        "jvm/heap.txt")
                .doesNotContainKeys(
                        "etc/users.properties", "etc/admin-password", "etc/keys.properties");
        assertThat(entries.get("etc/io.visionops.camera-vault.cfg")).contains("rtsp://***@");
        assertThat(entries.get("cameras.json")).contains("STREAMING", "rtsp://***@127.0.0.1");
        assertThat(entries.get("osgi/bundles.json")).contains("io.visionops.logging");
        assertThat(entries.get("jvm/threads.txt")).contains("visionops-ingest-camera-vault");
        assertThat(entries.get("jvm/heap.txt")).contains("java.lang.String");
    }

    private static List<String> secrets(Instance instance, String recovery) throws IOException {
        List<String> secrets = new ArrayList<>(List.of(CANARY, IN_ADDRESS, recovery));
        secrets.add(instance.adminPassword());
        try (Stream<Path> keys = Files.walk(instance.data().resolve("keys"))) {
            for (Path key : keys.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(key);
                secrets.add(new String(bytes, StandardCharsets.ISO_8859_1).strip());
                secrets.add(Base64.getEncoder().encodeToString(bytes));
            }
        }
        for (String line : Files.readAllLines(instance.etc().resolve("users.properties"))) {
            int value = line.indexOf('=');
            if (value > 0 && !line.startsWith("#") && !line.contains("_g_\\:")) {
                secrets.add(line.substring(value + 1).strip().split(",_g_")[0]);
            }
        }
        String basic = "viewer:" + CANARY;
        secrets.add(Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        secrets.add(Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)));
        secrets.add(URLEncoder.encode(CANARY, StandardCharsets.UTF_8));
        return secrets.stream().filter(one -> one.length() >= 6).toList();
    }

    private static void assertThatNoneIsIn(String name, String text, List<String> secrets) {
        for (String secret : secrets) {
            assertThat(text.contains(secret)).as("%s holds %s", name, secret).isFalse();
        }
        assertThat(text.contains("c4nary")).as("%s holds a canary", name).isFalse();
    }

    private static Map<String, String> unzip(Path file) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                entries.put(
                        entry.getName(),
                        new String(
                                zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }
}
