package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.client.session.ClientSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Passwords of cameras are nowhere in clear, and users come and go by commands. {@code
 * -Dvisionops.canary.minutes=10} looks for a password that long.
 */
class SecretIT {

    /** It is looked for once in any case. */
    private static final int MINUTES = Integer.getInteger("visionops.canary.minutes", 0);

    /** What no encoding changes, so that it is found wherever it stands. */
    private static final String CANARY = "K4narienvogel-x7q";

    private static final String PASSWORD = "correct-horse-battery";
    private static final String PASSPHRASE = "seven-grey-herons-at-noon";

    private static Instance instance;

    @BeforeAll
    static void start() throws Exception {
        instance = Instance.fresh("secrets");
        instance.start().expect(0);
    }

    @AfterAll
    static void stop() throws Exception {
        instance.close();
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(Instance.TARGET.resolve("secret-it-" + name), text + "\n");
    }

    @Test
    void aCameraStreamsWithAPasswordThatIsNowhereInClear() throws Exception {
        Path right = file("right", CANARY);
        Path wrong = file("wrong", CANARY + "-wrong");
        try (RtspServer server = RtspServer.start(Clips.of(Scenes.demo()), "viewer:" + CANARY)) {
            String url = "rtsp://viewer@127.0.0.1:" + server.port() + "/cam";
            instance.shell("camera-add", "vault", url, "--password-file", right.toString())
                    .expect(0);
            Await.until(60, () -> instance.stateOf("vault").equals("STREAMING"));
            assertThat(instance.etc().resolve("io.visionops.camera-vault.cfg"))
                    .content()
                    .contains("rtsp://viewer:$[secret:camera-vault]@127.0.0.1:");

            instance.shellReading(right, "secret-set", "spare").expect(0);
            JsonNode listed = instance.json("secret-list");
            assertThat(listed.findValuesAsText("name")).containsExactly("camera-vault", "spare");
            assertThat(listed.get(0).get("cameras").get(0).asText()).isEqualTo("vault");
            assertThat(instance.shell("secret-remove", "camera-vault").status()).isNotZero();

            theCameraGoesOnWhateverHappensToThePart();
            aChangedSecretConnectsAgain(right, wrong);
            assertThatNothingTellsAsLongAsItRuns();

            instance.shell("camera-remove", "vault").expect(0);
            assertThat(instance.json("secret-list").findValuesAsText("name"))
                    .containsExactly("spare");
            instance.shell("secret-remove", "spare").expect(0);
            theKeyOfPicturesIsNobodysToRemove();
        }
    }

    private static void theCameraGoesOnWhateverHappensToThePart() throws Exception {
        long decoder = instance.decoder("vault").pid();
        instance.shell("secret-rotate").expect(0);
        instance.shell("secret-rotate", "--master").expect(0);
        instance.shell("bundle:restart", "io.visionops.security").expect(0);
        Await.until(60, () -> instance.json("secret-list").size() == 2);

        assertThat(instance.decoder("vault").pid()).isEqualTo(decoder);
        assertThat(instance.stateOf("vault")).isEqualTo("STREAMING");
    }

    @Test
    void aPassphraseLocksTheSecretsUntilSomebodyTypesIt() throws Exception {
        Path password = file("locked-camera", CANARY);
        Path passphrase = file("passphrase", PASSPHRASE);
        Path wrong = file("wrong-passphrase", PASSPHRASE + "-wrong");
        Path keys = instance.data().resolve("keys");
        try (RtspServer server = RtspServer.start(Clips.of(Scenes.demo()), "viewer:" + CANARY)) {
            String url = "rtsp://viewer@127.0.0.1:" + server.port() + "/cam";
            instance.shell("camera-add", "locked", url, "--password-file", password.toString())
                    .expect(0);
            Await.until(60, () -> instance.stateOf("locked").equals("STREAMING"));
            long decoder = instance.decoder("locked").pid();

            instance.shellReading(passphrase, "secret-passphrase").expect(0);
            assertThat(keys.resolve("master.key")).doesNotExist();
            assertThat(keys.resolve("master.key.locked")).exists();
            assertThat(instance.shell("secret-rotate", "--master").expect(1).toString())
                    .contains("remove that first, with secret-passphrase --remove");

            instance.shell("bundle:restart", "io.visionops.security").expect(0);
            Await.until(60, () -> isLocked("secret-list"));
            assertThat(instance.stateOf("locked")).isEqualTo("STREAMING");
            assertThat(instance.decoder("locked").pid()).isEqualTo(decoder);
            assertThat(instance.shellReading(wrong, "secret-unlock").expect(1).toString())
                    .contains("the passphrase is wrong");
            instance.shellReading(passphrase, "secret-unlock").expect(0);
            assertThat(instance.json("secret-list").findValuesAsText("name"))
                    .contains("camera-locked");

            instance.stop().expect(0);
            instance.start().expect(0);
            Await.until(60, () -> isLocked("secret-list"));
            Await.until(60, () -> instance.shell("health").out().contains("secret-unlock"));
            assertThat(instance.stateOf("locked")).isNotEqualTo("STREAMING");
            instance.shellReading(passphrase, "secret-unlock").expect(0);
            Await.until(60, () -> instance.stateOf("locked").equals("STREAMING"));
            assertThatNothingHolds(PASSPHRASE);

            instance.shellReading(passphrase, "secret-passphrase", "--remove").expect(0);
            assertThat(keys.resolve("master.key")).exists();
            assertThat(keys.resolve("master.key.locked")).doesNotExist();
            instance.shell("camera-remove", "locked").expect(0);
        }
    }

    private static boolean isLocked(String... words) throws Exception {
        Instance.Result result = instance.shell(words);
        return result.status() != 0 && result.toString().contains("is locked by a passphrase");
    }

    private static void assertThatNothingHolds(String passphrase) throws Exception {
        assertThat(instance.log()).contains("is unlocked").doesNotContain(passphrase);
        assertThat(instance.json("records", "--kind", "audit").toString())
                .contains("secret-passphrase", "secret-unlock")
                .doesNotContain(passphrase);
    }

    private static void theKeyOfPicturesIsNobodysToRemove() throws Exception {
        JsonNode all = instance.json("secret-list", "--all");
        assertThat(all.findValuesAsText("by")).containsExactly("part/store");
        String name = all.get(0).get("name").asText();
        assertThat(instance.shell("secret-remove", name, "--force").expect(1).toString())
                .contains("is a key of this program");
    }

    private static void aChangedSecretConnectsAgain(Path right, Path wrong) throws Exception {
        instance.shell("secret-set", "camera-vault", "--file", wrong.toString()).expect(0);
        Await.until(60, () -> instance.camera("vault").path("cause").asText().contains("password"));

        instance.shell("secret-set", "camera-vault", "--file", right.toString()).expect(0);
        Await.until(60, () -> instance.stateOf("vault").equals("STREAMING"));
    }

    private static void assertThatNothingTellsAsLongAsItRuns() throws Exception {
        Path password = file("reader", PASSWORD);
        instance.shell(
                        "user-add",
                        "reader",
                        "--role",
                        "admin",
                        "--password-file",
                        password.toString())
                .expect(0);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        do {
            instance.shell("backup-now", "--wait").expect(0);
            instance.shell("search", "vault").expect(0);
            assertThatNoPageTells(CANARY);
            assertThatNothingTells(CANARY);
        } while (System.nanoTime() < end);
        assertThat(instance.stateOf("vault")).isEqualTo("STREAMING");
        instance.shell("user-remove", "reader").expect(0);
    }

    private static void assertThatNoPageTells(String canary) throws Exception {
        for (String page :
                List.of(
                        "/health/tree",
                        "/metrics",
                        "/system/console/bundles",
                        "/system/console/status-Configurations",
                        "/system/console/status-System%20Properties")) {
            HttpResponse<String> answer =
                    WebPages.of(instance).answer("GET", page, "reader", PASSWORD);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.body()).as(page).isNotEmpty().doesNotContain(canary);
        }
    }

    private static void assertThatNothingTells(String canary) throws Exception {
        byte[] wanted = canary.getBytes(StandardCharsets.UTF_8);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(instance.data())) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        assertThat(files.stream().map(one -> one.getFileName().toString()))
                .contains(
                        "io.visionops.camera-vault.cfg",
                        "secrets.json",
                        "visionops.db",
                        "visionops.log")
                .anyMatch(name -> name.endsWith("-full.vbk"));
        for (Path one : files) {
            if (Files.exists(one)) {
                assertThat(contains(Files.readAllBytes(one), wanted)).as("%s", one).isFalse();
            }
        }
        for (ProcessHandle process : instance.processes()) {
            Path proc = Path.of("/proc", String.valueOf(process.pid()));
            for (String what : List.of("cmdline", "environ")) {
                if (process.isAlive()) {
                    assertThat(contains(Files.readAllBytes(proc.resolve(what)), wanted))
                            .as("%s of %s", what, Instance.commandLine(process))
                            .isFalse();
                }
            }
        }
        String said =
                instance.shell("config:list").expect(0).out()
                        + instance.json("camera-list")
                        + instance.json("secret-list")
                        + instance.json("events")
                        + instance.json("records")
                        + instance.json("processes")
                        + instance.call("status").out()
                        + instance.log();
        assertThat(said).contains("secret-set").doesNotContain(canary);
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    @Test
    void aUserComesAndGoesByCommandsAndItsSessionsWithIt() throws Exception {
        Path password = file("user", PASSWORD);
        instance.shell(
                        "user-add",
                        "erika",
                        "--role",
                        "admin",
                        "--password-file",
                        password.toString())
                .expect(0);
        instance.shellReading(password, "user-add", "vera", "--role", "viewer").expect(0);
        assertThat(instance.json("user-list").findValuesAsText("name"))
                .containsExactly("admin", "erika", "vera");

        HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        try (SshUser vera = new SshUser(instance, "vera", PASSWORD);
                ClientSession open = vera.login()) {
            vera.run("camera-list").expect(0);
            assertThat(vera.run("user-list").status()).isNotZero();
            assertThat(console(browser, "erika")).isEqualTo(200);

            instance.shell("user-remove", "vera").expect(0);
            instance.shell("user-remove", "erika").expect(0);

            Await.until(30, () -> !open.isOpen());
            assertThat(vera.mayLogIn()).isFalse();
            assertThat(console(browser, "erika")).isEqualTo(401);
        }
        assertThat(instance.shell("user-remove", "admin").expect(1).toString())
                .contains("last admin");
    }

    @Test
    void theFirstPasswordIsForgottenWhenItIsChanged() throws Exception {
        assertThat(instance.etc().resolve("admin-password")).exists();
        Path password = file("admin", PASSWORD);

        instance.shell("user-passwd", "admin", "--password-file", password.toString()).expect(0);

        assertThat(instance.etc().resolve("admin-password")).doesNotExist();
        try (SshUser admin = new SshUser(instance, "admin", PASSWORD)) {
            admin.run("visionops:status").expect(0);
        }
    }

    private static int console(HttpClient browser, String name) throws Exception {
        String login = name + ":" + PASSWORD;
        return browser.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + instance.port("http")
                                                        + "/system/console/bundles"))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(
                                                                login.getBytes(
                                                                        StandardCharsets.UTF_8)))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
