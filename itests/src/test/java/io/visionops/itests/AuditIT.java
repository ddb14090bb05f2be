package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who did what is written down, and what somebody does to it is found. */
class AuditIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse";
    private static final String CANARY = "Kanarienvogel";

    @Test
    void whatPeopleDoIsInTheAuditAndAChangedByteIsNamedByItsLine() throws Exception {
        try (Instance instance = Instance.fresh("audit")) {
            instance.start().expect(0);
            Files.writeString(
                    instance.etc().resolve("users.properties"),
                    "anna = " + PASSWORD + ",_g_:admingroup\n",
                    StandardOpenOption.APPEND);
            try (SshUser anna = new SshUser(instance, "anna", CANARY)) {
                assertThat(anna.mayLogIn()).isFalse();
            }
            try (SshUser anna = new SshUser(instance, "anna", PASSWORD)) {
                anna.run("camera-add gate rtsp://viewer:" + CANARY + "@127.0.0.1:9/gate").expect(0);
            }
            Files.writeString(
                    instance.etc().resolve("io.visionops.login.cfg"),
                    "http.names = cameras.example.org\n");

            assertThatAllOfItIsListed(instance);
            assertThat(instance.json("audit-verify").get("good").asBoolean()).isTrue();
            Path report = Instance.TARGET.resolve("audit-report.csv");
            instance.shell("audit-report", "--format", "csv", "--force", report.toString())
                    .expect(0);
            assertThat(report).content().contains("\"user/anna\",\"command\"");
            instance.stop().expect(0);

            assertThat(everything(instance)).doesNotContain(CANARY);
            assertThat(standAlone(instance).status()).isZero();
            assertThatAChangedByteIsNamed(instance, change(instance));
        }
    }

    private static void assertThatAllOfItIsListed(Instance instance) {
        Await.until(
                60,
                () -> {
                    List<String> entries = entries(instance);
                    return Stream.of(
                                    "user/anna login door/ssh refused",
                                    "user/anna login door/ssh ok",
                                    "user/anna session-open door/ssh ok",
                                    "user/anna command program/shell ok",
                                    "user/anna change camera/gate ok",
                                    "part/configuration configuration-change"
                                            + " configuration/io.visionops.login ok",
                                    "part/files file-change file/etc/users.properties ok",
                                    "part/security audit-start program/audit ok")
                            .allMatch(entries::contains);
                });
    }

    private static List<String> entries(Instance instance) throws Exception {
        List<String> entries = new ArrayList<>();
        for (JsonNode one : instance.json("audit-list", "--limit", "500").get("entries")) {
            entries.add(
                    String.join(
                            " ",
                            one.get("actor").asText(),
                            one.get("action").asText(),
                            one.get("object").asText(),
                            one.get("outcome").asText()));
        }
        return entries;
    }

    private static void assertThatAChangedByteIsNamed(Instance instance, long line)
            throws Exception {
        String words = String.format(Locale.ROOT, "edited, line %d, epoch ", line);
        Instance.Result outside = standAlone(instance);
        assertThat(outside.out()).contains("CHANGED " + words);
        assertThat(outside.status()).isEqualTo(1);

        instance.start().expect(0);

        Await.until(
                90,
                () -> {
                    JsonNode check = check(instance);
                    return check.path("status").asText().equals("CRITICAL")
                            && check.toString().contains(words);
                });
        Instance.Result inside = instance.shell("audit-verify");
        assertThat(inside.out()).contains("CHANGED: " + words);
        assertThat(inside.status()).isEqualTo(1);
    }

    /** While the program is started there is no answer yet. */
    private static JsonNode check(Instance instance) throws Exception {
        String out = instance.shell("health", "--json").out();
        if (out.startsWith("{")) {
            for (JsonNode one : JSON.readTree(out).get("checks")) {
                if (one.get("name").asText().equals("visionops.security.audit")) {
                    return one;
                }
            }
        }
        return MissingNode.getInstance();
    }

    private static Instance.Result standAlone(Instance instance) throws Exception {
        return Instance.run(
                60,
                List.of(
                        Instance.HOME.resolve("bin/visionops-audit").toString(),
                        instance.data().resolve("audit").toString(),
                        "--key",
                        instance.data().resolve("keys/audit-initial.key").toString()));
    }

    /** Changes one byte of the line about the camera; returns its number. */
    private static long change(Instance instance) throws IOException {
        for (Path file : logs(instance)) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            int at = text.indexOf("camera-add 'gate'");
            if (at >= 0) {
                Files.writeString(
                        file,
                        text.substring(0, at) + "camera-add 'gafe'" + text.substring(at + 17),
                        StandardCharsets.UTF_8);
                int begin = text.lastIndexOf('\n', at) + 1;
                return Long.parseLong(text.substring(begin, text.indexOf('\t', begin)));
            }
        }
        throw new AssertionError("no camera-add in the audit");
    }

    private static List<Path> logs(Instance instance) throws IOException {
        try (Stream<Path> files = Files.list(instance.data().resolve("audit"))) {
            return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        }
    }

    private static String everything(Instance instance) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path log : logs(instance)) {
            all.append(Files.readString(log, StandardCharsets.UTF_8));
        }
        return all.toString();
    }
}
