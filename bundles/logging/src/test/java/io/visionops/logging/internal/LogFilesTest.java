package io.visionops.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Karaf's logging bundles with this fragment and the configuration that is shipped. */
class LogFilesTest {

    private static final Path SHIPPED =
            Path.of("../../karaf-assembly/src/main/resources/etc/org.ops4j.pax.logging.cfg");

    private static final String CANARY = "c4nary";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;
    private Path log;
    private Felix framework;
    private Bundle api;

    @BeforeEach
    void start() throws Exception {
        log = Files.createDirectories(folder.resolve("log"));
        start("");
    }

    private void start(String more) throws Exception {
        Path configuration = folder.resolve("logging.properties");
        Files.writeString(configuration, configuration() + more);
        framework =
                new Felix(
                        Map.of(
                                "org.osgi.framework.storage",
                                folder.resolve("cache").toString(),
                                "org.osgi.framework.storage.clean",
                                "onFirstInit",
                                "org.ops4j.pax.logging.DefaultServiceLog.level",
                                "ERROR",
                                "org.ops4j.pax.logging.property.file",
                                configuration.toString()));
        Locale locale = Locale.getDefault();
        // The framework itself does not start in every language.
        Locale.setDefault(Locale.ROOT);
        try {
            framework.start();
        } finally {
            Locale.setDefault(locale);
        }
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : List.of(jar("pax-logging-api"), jar("pax-logging-log4j2"), fragment())) {
            bundles.add(framework.getBundleContext().installBundle(jar.toUri().toString()));
        }
        api = bundles.get(0);
        api.start();
        bundles.get(1).start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void noLineOfAnyOriginHoldsASecretOfItsMessageItsExceptionOrItsThread() throws Exception {
        IOException cause = new IOException("Authorization: Basic " + CANARY + "==");
        Exception exception =
                new IllegalStateException("rtsp://u:" + CANARY + "@10.0.0.7/cam failed", cause);
        String thread = Thread.currentThread().getName();
        Thread.currentThread().setName("camera-add front rtsp://u:" + CANARY + "@10.0.0.7/cam");
        try {
            warn("org.somebody.Client", "GET /snap?token=" + CANARY, exception);
        } finally {
            Thread.currentThread().setName(thread);
        }

        String text = Files.readString(log.resolve("visionops.log"));
        assertThat(text)
                .doesNotContain(CANARY)
                .contains("GET /snap?token=***")
                .contains("[camera-add front rtsp://***@10.0.0.7/cam]")
                .contains("Caused by: java.io.IOException: Authorization: ***")
                .contains("at " + LogFilesTest.class.getName());
        JsonNode line = lines().get(0);
        assertThat(line.toString()).doesNotContain(CANARY);
        assertThat(line.get("message").asText()).isEqualTo("GET /snap?token=***");
        assertThat(line.get("exception").asText())
                .startsWith("java.lang.IllegalStateException: rtsp://***@10.0.0.7/cam failed")
                .contains("Caused by: java.io.IOException: Authorization: ***");
    }

    @Test
    void aLineIsOneJsonDocumentWithTimeLevelLoggerBundleCameraAndCorrelation() throws Exception {
        mdc("camera", "front");
        mdc("correlation", "0123456789ab");
        info("io.visionops.ingest.Feed", "two\nlines and \"quotes\" and ü");

        JsonNode line = lines().get(0);
        assertThat(line.get("time").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Duration.between(Instant.parse(line.get("time").asText()), Instant.now()))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(line.get("level").asText()).isEqualTo("INFO");
        assertThat(line.get("logger").asText()).isEqualTo("io.visionops.ingest.Feed");
        assertThat(line.has("bundle")).isTrue();
        assertThat(line.get("camera").asText()).isEqualTo("front");
        assertThat(line.get("correlation").asText()).isEqualTo("0123456789ab");
        assertThat(line.get("message").asText()).isEqualTo("two\nlines and \"quotes\" and ü");
        assertThat(line.get("exception").asText()).isEmpty();
    }

    @Test
    void filesGoBySizeAndNotByAgeWhichAClockThatLeaptWouldGiveThem() throws Exception {
        stop();
        Path another = file("another.jsonl", 1, 999);
        Path beyond = file("events-2025-03-01.1.jsonl", 50, 500);
        Path old = file("events-2025-06-01.1.jsonl", 1, 400);
        Path younger = file("events-2026-03-01.1.jsonl", 150, 1);
        start("\nlog4j2.appender.events.policies.size.size = 1KB\n");

        for (int i = 0; i < 20; i++) {
            info("io.visionops.Test", "message " + i + " " + "x".repeat(200));
        }

        stop();
        assertThat(beyond).doesNotExist();
        assertThat(List.of(old, younger, another)).allMatch(Files::exists);
        assertThat(names()).contains("events.jsonl").anyMatch(one -> one.matches(ROLLED));
        start("");
    }

    /** A file with nothing in it, so that it takes no room. */
    private Path file(String name, long megabytes, int days) throws IOException {
        Path file = log.resolve(name);
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(megabytes << 20);
        }
        return Files.setLastModifiedTime(
                file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    private static final String ROLLED = "events-\\d{4}-\\d\\d-\\d\\d\\.2\\.jsonl";

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.map(one -> one.getFileName().toString()).toList();
        }
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log.resolve("events.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** As Felix file install resolves it. */
    private String configuration() throws IOException {
        String text = Files.readString(SHIPPED).replace("${karaf.log}", log.toString());
        for (String name : List.of("log4j2.words", "log4j2.pattern")) {
            String value =
                    text.lines()
                            .filter(line -> line.startsWith(name + " = "))
                            .findFirst()
                            .orElseThrow()
                            .substring(name.length() + 3);
            text = text.replace("${" + name + "}", value);
        }
        return text;
    }

    private void info(String logger, String message) throws Exception {
        Object target = logger(logger);
        api.loadClass("org.slf4j.Logger").getMethod("info", String.class).invoke(target, message);
    }

    private void warn(String logger, String message, Throwable thrown) throws Exception {
        Object target = logger(logger);
        api.loadClass("org.slf4j.Logger")
                .getMethod("warn", String.class, Throwable.class)
                .invoke(target, message, thrown);
    }

    private Object logger(String name) throws Exception {
        return api.loadClass("org.slf4j.LoggerFactory")
                .getMethod("getLogger", String.class)
                .invoke(null, name);
    }

    private void mdc(String key, String value) throws Exception {
        api.loadClass("org.slf4j.MDC")
                .getMethod("put", String.class, String.class)
                .invoke(null, key, value);
    }

    private static Path jar(String name) {
        return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .filter(one -> one.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the build is about to put into the jar. */
    private Path fragment() throws IOException {
        Path classes = Path.of("target/classes");
        Path jar = folder.resolve("fragment.jar");
        Manifest manifest = new Manifest();
        try (var in = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
            manifest.read(in);
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                if (!name.equals("META-INF/MANIFEST.MF")) {
                    entries.putNextEntry(new ZipEntry(name));
                    entries.write(Files.readAllBytes(file));
                }
            }
        }
        return jar;
    }
}
