package io.visionops.backup.internal.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.diagnostics.DiagnosticsFile;
import io.visionops.api.diagnostics.DiagnosticsSource;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.support.json.HandoverJson;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsMakerTest {

    private static final Actor ANNA = Actor.user("anna");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** With characters that addresses and Base64 write in another way. */
    private static final String CANARY = "c4nary/+ d'or?";

    private static final List<String> FORMS = forms();

    @TempDir private Path data;
    private final List<DiagnosticsSource> sources = new ArrayList<>();
    private final ManualClock clock = new ManualClock(NOW);
    private final ObjectMapper json = HandoverJson.mapper();
    private DiagnosticsMaker maker;

    private static List<String> forms() {
        byte[] bytes = CANARY.getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(CANARY, StandardCharsets.UTF_8);
        return List.of(
                CANARY,
                "c4nary",
                "d'or",
                url,
                url.replace("+", "%20"),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                "YzRuYXJ5", // c4nary at the beginning of a text
                HexFormat.of().formatHex(bytes));
    }

    @BeforeEach
    void make() throws IOException {
        for (String folder : List.of("etc", "log", "keys")) {
            Files.createDirectories(data.resolve(folder));
        }
        maker =
                new DiagnosticsMaker(
                        new DiagnosticsMaker.Folders(
                                data.resolve("diagnostics"),
                                data.resolve("etc"),
                                data.resolve("log"),
                                List.of(data.resolve("keys"))),
                        "1.2.3",
                        () -> sources,
                        json,
                        clock,
                        Ticker.system());
    }

    @Test
    void whatIsThereIsNamedInTheManifestWithItsDigest() throws Exception {
        write("etc/io.visionops.camera-front.cfg", "url = rtsp://10.0.0.7/cam\n");
        write("log/visionops.log", "one line\n");
        sources.add(NamedSource.of("health/tree.json", () -> "{\"status\":\"OK\"}"));
        sources.add(NamedSource.of("jvm/threads.txt", () -> "main\n"));

        DiagnosticsFile file = maker.make(Optional.empty(), ANNA);

        assertThat(file.file())
                .isEqualTo(data.resolve("diagnostics/visionops-diagnostics-20260301T120000Z.zip"));
        assertThat(Files.size(file.file())).isEqualTo(file.bytes());
        TreeMap<String, String> entries = unzip(file.file());
        assertThat(entries)
                .containsEntry("health/tree.json", "{\"status\":\"OK\"}")
                .containsEntry("jvm/threads.txt", "main\n")
                .containsEntry("log/visionops.log", "one line\n")
                .containsEntry("etc/io.visionops.camera-front.cfg", "url = rtsp://10.0.0.7/cam\n");
        JsonNode manifest = json.readTree(entries.get("manifest.json"));
        assertThat(manifest.get("version").asText()).isEqualTo("1.2.3");
        assertThat(manifest.get("by").asText()).isEqualTo("user/anna");
        assertThat(manifest.get("entries")).hasSize(4);
        for (JsonNode entry : manifest.get("entries")) {
            byte[] bytes = entries.get(entry.get("name").asText()).getBytes(StandardCharsets.UTF_8);
            assertThat(entry.get("bytes").asLong()).isEqualTo(bytes.length);
            assertThat(entry.get("sha256").asText())
                    .isEqualTo(
                            HexFormat.of()
                                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
    }

    @Test
    void whatFailsHangsOrIsTooLongIsToldInTheManifestAndTheRestIsThere() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        sources.add(
                NamedSource.of(
                        "health/tree.json",
                        () -> {
                            throw new IllegalStateException("nobody is there");
                        }));
        sources.add(
                new NamedSource(
                        "hung.json",
                        Duration.ofMillis(50),
                        () -> {
                            never.await();
                            return "";
                        }));
        sources.add(NamedSource.of("long.txt", () -> "x".repeat(3 << 20)));
        sources.add(NamedSource.of("broken.json", () -> "{"));
        sources.add(NamedSource.of("../outside.txt", () -> "x"));
        sources.add(NamedSource.of("well.txt", () -> "well"));

        TreeMap<String, String> entries = unzip(maker.make(Optional.empty(), ANNA).file());

        assertThat(entries).containsOnlyKeys("long.txt", "manifest.json", "well.txt");
        assertThat(entries.get("long.txt").length()).isLessThan((2 << 20) + 2);
        String manifest = entries.get("manifest.json");
        assertThat(manifest)
                .contains("nobody is there", "not done within", "the rest is left out")
                .contains("broken.json")
                .doesNotContain("outside");
    }

    @Test
    void noSecretOfThisInstallationIsInIt() throws Exception {
        write(
                "etc/io.visionops.camera-front.cfg",
                "# old: rtsp://u:" + CANARY + "@10.0.0.7/a\n",
                "url = rtsp://u:" + CANARY + "@10.0.0.7/cam?token=" + CANARY + "\n",
                "fallback.urls = rtsp://u:" + CANARY + "@10.0.0.8/a, http://h/?x=" + CANARY + "\n");
        write(
                "etc/io.visionops.delivery.cfg",
                "mail.password = " + CANARY + "\n",
                "webhook.token = \\\n   " + CANARY + "\n");
        write("etc/users.properties", "anna = " + CANARY + ",_g_:admingroup\n");
        write("etc/admin-password", CANARY + "\n");
        write("etc/host.key", "-----BEGIN KEY-----\n" + CANARY + "\n-----END KEY-----\n");
        write("etc/another.xml", CANARY);
        write("keys/backup.key", CANARY + "\n");
        write(
                "log/visionops.log",
                "WARN a: " + CANARY + "\n",
                "INFO b: GET /?p=" + FORMS.get(3) + " Basic " + FORMS.get(5) + "\n");
        write(
                "log/events.jsonl",
                json.writeValueAsString(java.util.Map.of("message", "x" + CANARY + "y")) + "\n",
                "{\"message\":\"cut " + CANARY);
        sources.add(NamedSource.of("a.txt", () -> "env " + CANARY + " " + FORMS.get(8)));
        sources.add(
                NamedSource.of(
                        "b.json",
                        () ->
                                json.writeValueAsString(
                                        java.util.Map.of(
                                                "address",
                                                "rtsp://u:" + CANARY + "@h/",
                                                "password",
                                                "other",
                                                "login",
                                                base64("u:" + CANARY)))));
        sources.add(
                NamedSource.of(
                        "c.json",
                        () -> {
                            throw new IOException("rtsp://u:" + CANARY + "@h refused");
                        }));

        TreeMap<String, String> entries = unzip(maker.make(Optional.empty(), ANNA).file());

        assertThat(entries.keySet())
                .contains("etc/io.visionops.camera-front.cfg", "log/events.jsonl", "b.json")
                .doesNotContain(
                        "etc/users.properties",
                        "etc/admin-password",
                        "etc/host.key",
                        "etc/another.xml");
        entries.forEach(
                (name, text) ->
                        FORMS.forEach(form -> assertThat(text).as(name).doesNotContain(form)));
        assertThat(entries.get("b.json")).doesNotContain("other", base64("u:" + CANARY));
        assertThat(entries.get("etc/io.visionops.camera-front.cfg"))
                .contains("url = rtsp://***@10.0.0.7/cam?***");
    }

    @Test
    void aFileThatIsThereIsNotReplacedAndTheFolderMustExist() throws Exception {
        Path there = write("there.zip", "mine");

        assertThatThrownBy(() -> maker.make(Optional.of(there), ANNA))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exists already");
        assertThatThrownBy(() -> maker.make(Optional.of(data.resolve("no/a.zip")), ANNA))
                .hasMessageContaining("the folder does not exist");

        assertThat(there).hasContent("mine");
        Path named = data.resolve("named.zip");
        assertThat(maker.make(Optional.of(named), ANNA).file()).isEqualTo(named).exists();
        assertThat(data.resolve("diagnostics")).doesNotExist();
    }

    @Test
    void theLastFiveAreKept() throws Exception {
        Path other = data.resolve("diagnostics/mine.zip");
        for (int i = 0; i < 7; i++) {
            maker.make(Optional.empty(), ANNA);
            clock.advance(Duration.ofSeconds(1));
        }
        Files.writeString(other, "mine");
        maker.make(Optional.empty(), ANNA);

        try (Stream<Path> files = Files.list(data.resolve("diagnostics"))) {
            assertThat(files.map(one -> one.getFileName().toString()).sorted())
                    .hasSize(6)
                    .contains("mine.zip", "visionops-diagnostics-20260301T120007Z.zip")
                    .doesNotContain("visionops-diagnostics-20260301T120002Z.zip");
        }
    }

    @Test
    void ofLogsTheLastDaysAreTaken() throws Exception {
        write("log/events.jsonl", "{}\n");
        Path old = write("log/events-2026-02-01.1.jsonl", "{}\n");
        Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(8))));
        Files.setLastModifiedTime(data.resolve("log/events.jsonl"), FileTime.from(NOW));
        Path large = data.resolve("log/console.log");
        Files.writeString(large, ("y".repeat(99) + "\n").repeat(120_000));

        TreeMap<String, String> entries = unzip(maker.make(Optional.empty(), ANNA).file());

        assertThat(entries).containsKeys("log/events.jsonl", "log/console.log");
        assertThat(entries).doesNotContainKey("log/events-2026-02-01.1.jsonl");
        assertThat(entries.get("log/console.log")).startsWith("yyy").hasSizeLessThan(10 << 20);
        assertThat(entries.get("manifest.json")).contains("bytes are left out");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, String... lines) throws IOException {
        Path file = Files.writeString(data.resolve(name), String.join("", lines));
        Files.setLastModifiedTime(file, FileTime.from(NOW));
        return file;
    }

    private static TreeMap<String, String> unzip(Path file) throws IOException {
        TreeMap<String, String> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> all = zip.entries();
            while (all.hasMoreElements()) {
                ZipEntry entry = all.nextElement();
                entries.put(
                        entry.getName(),
                        new String(
                                zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }
}
