package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What strangers, viewers and operators can do over ssh and in the web console. One instance serves
 * all tests.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoginIT {

    private static final String PASSWORD = "correct horse";

    private static Instance instance;

    @BeforeAll
    static void start() throws Exception {
        instance = Instance.fresh("login");
        instance.start().expect(0);
        Files.writeString(
                users(),
                """
                vera = %1$s,_g_:viewergroup
                olga = %1$s,_g_:operatorgroup
                adam = %1$s,_g_:admingroup
                mallory = %1$s,_g_:viewergroup
                walter = %1$s,_g_:admingroup
                """
                        .formatted(PASSWORD),
                StandardOpenOption.APPEND);
        instance.shell("camera-add", "gate", "rtsp://viewer:hidden-one@127.0.0.1:9/gate").expect(0);
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            assertThat(instance.stateOf("gate")).isNotIn("DISABLED", "absent");
        } finally {
            instance.close();
        }
    }

    @Test
    void theFirstAdminIsKeptByAnArgon2idDigestAfterHisFirstLogin() throws Exception {
        try (SshUser admin = ssh("admin", instance.adminPassword())) {
            admin.run("visionops:status").expect(0);

            Await.until(20, () -> line("admin").contains("$argon2id$"));
            admin.run("visionops:status").expect(0);
        }
        // The program itself needs no line there: its door is a socket.
        assertThat(instance.shell("status").status()).isZero();
        assertThat(Files.readString(users())).doesNotContain("visionops =");
    }

    @Test
    void aPasswordThatSomebodyTypedIsReplacedByItsDigest() throws Exception {
        try (SshUser adam = ssh("adam", PASSWORD)) {
            adam.run("visionops:status").expect(0);
        }

        Await.until(20, () -> line("adam").contains("$argon2id$"));
        assertThat(line("adam")).doesNotContain(PASSWORD);
    }

    /** First, since the log takes twenty refusals a minute. */
    @Order(1)
    @Test
    void wrongPasswordsAtOneDoorMakeTheUserWaitAtAllAndAreLogged() throws Exception {
        for (int seconds : new int[] {0, 0, 0, 1, 2, 4}) {
            TimeUnit.MILLISECONDS.sleep(1_100L * seconds);
            assertThat(console("mallory", "guess")).isEqualTo(401);
        }
        assertThat(instance.log()).contains("6 in a row, next try in 8 s");
        // Karaf, which has seen the change meanwhile, does not rewrite the file.
        assertThat(line("mallory")).contains(PASSWORD);

        try (SshUser mallory = ssh("mallory", PASSWORD)) {
            assertThat(mallory.mayLogIn()).isFalse();
            assertThat(instance.log())
                    .contains("login refused: user mallory over webconsole from 127.0.0.1")
                    .contains("login refused: user mallory over ssh from 127.0.0.1")
                    .doesNotContain("guess");
            instance.shell("status").expect(0);
            Await.until(20, mallory::mayLogIn);
        }
    }

    @Test
    void nobodyKeepsTheProgramsOwnShellOut() throws Exception {
        try (SshUser stranger = ssh("visionops", "guess")) {
            for (int i = 0; i < 10; i++) {
                assertThat(stranger.mayLogIn()).isFalse();
            }
        }

        instance.shell("status").expect(0);
    }

    @Test
    void aBrowserIsServedWithTheAdminsPasswordAndNobodyElses() throws Exception {
        assertThat(console("walter", PASSWORD)).isEqualTo(200);
        assertThat(console("walter", PASSWORD)).isEqualTo(200);
        assertThat(console("vera", PASSWORD)).isEqualTo(401);
        assertThat(console("nobody", PASSWORD)).isEqualTo(401);
    }

    /** A browser adds the login that it remembers to whatever a foreign page makes it send. */
    @Test
    void aForeignPageStopsNoBundleWithTheLoginOfABrowser() throws Exception {
        String page = "/system/console/bundles/0";
        String port = String.valueOf(instance.port("http"));

        assertThat(post(page, "Host: 127.0.0.1:" + port, "Origin: http://evil.example"))
                .isEqualTo(403);
        assertThat(post(page, "Host: 127.0.0.1:" + port, "Origin: http://localhost:3000"))
                .isEqualTo(403);
        assertThat(post(page, "Host: 127.0.0.1:" + port, "Sec-Fetch-Site: cross-site"))
                .isEqualTo(403);
        assertThat(post(page, "Host: evil.example:" + port, "Origin: http://evil.example:" + port))
                .isEqualTo(403);
        assertThat(post("/no/such/page", "Host: evil.example:" + port)).isEqualTo(403);
        assertThat(post(page, "Host: 127.0.0.1:" + port, "Origin: http://127.0.0.1:" + port))
                .isEqualTo(200);
    }

    @Test
    void nobodyReachesOtherComputersThroughOurSshServer() throws Exception {
        try (SshUser walter = ssh("walter", PASSWORD)) {
            assertThat(walter.mayForwardTo(instance.port("http"))).isFalse();
        }
    }

    @Test
    void passwordsOfCamerasAreShownToNobodyAndKept() throws Exception {
        // Files of cameras are read by ingest alone: no configuration of the framework has them.
        String pid = "io.visionops.masked";
        Path file = instance.etc().resolve(pid + ".cfg");
        Files.writeString(file, "url = rtsp://viewer:hidden-one@127.0.0.1:9/gate\n");
        try (SshUser walter = ssh("walter", PASSWORD)) {
            Await.until(20, () -> walter.run("config:list").out().contains(pid));
            for (String line :
                    List.of(
                            "config:list",
                            "config:property-list --pid " + pid,
                            "config:property-list --raw --pid " + pid,
                            "config:property-get --pid " + pid + " url",
                            "config:property-get --raw --pid " + pid + " url",
                            "cm:getConfiguration " + pid)) {
                assertThat(walter.run(line).expect(0).out()).as(line).doesNotContain("hidden-one");
            }
            assertThat(walter.run("config:list").out()).contains("rtsp://***@127.0.0.1:9/gate");

            walter.run("config:property-set --pid " + pid + " detect.fps 3").expect(0);
            assertThat(
                            walter.run(
                                            "config:property-set --pid "
                                                    + pid
                                                    + " url 'rtsp://***@other/x'")
                                    .out())
                    .contains("write the whole value");
        }
        assertThat(Files.readString(file))
                .contains("rtsp://viewer:hidden-one@127.0.0.1:9/gate")
                .contains("detect.fps = 3");
        for (String page : List.of("status-Configurations", "configMgr/" + pid + ".json")) {
            assertThat(page(page)).contains("***").doesNotContain("hidden-one");
        }
    }

    private static String page(String page) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        request("/system/console/" + page)
                                .header("Authorization", basic("walter", PASSWORD))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void everyAnswerKeepsThePageOutOfFrames() throws Exception {
        for (String page : List.of("/", "/no/such/page", "/system/console/bundles")) {
            HttpResponse<Void> answer =
                    HttpClient.newHttpClient()
                            .send(request(page).build(), HttpResponse.BodyHandlers.discarding());

            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .contains("frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "visionops:camera-disable gate",
                "camera-disable gate",
                "camera-reconnect",
                "camera-add more rtsp://127.0.0.1:9/x",
                "camera-remove gate",
                "config:list",
                "config:property-list --pid io.visionops.camera-gate",
                "cm:listConfigurations null",
                "shell:cat etc/users.properties",
                "cat run/key/users.properties",
                "less run/key/users.properties",
                "grep visionops run/key/users.properties",
                "ls /",
                "tac written",
                "status > written",
                "status | tac written",
                "source etc/shell.init.script",
                "exec id",
                "new java.lang.String",
                "java java.lang.String",
                "eval 'shell:cat etc/users.properties'",
                "(shell:cat etc/users.properties)",
                "echo $(shell:cat etc/users.properties)",
                "each [1 2] {status}",
                "$.context bundles",
                "($.context bundle 0) stop",
                "$.processor getCommands",
                "$.session put a b",
                "jaas:su admin",
                "sudo status",
                "jaas:user-list --realm karaf",
                "bundle:list",
                "feature:list",
                "log:display",
                "log:set DEBUG",
                "system:shutdown",
                "system:property java.home",
                "shell:env",
                "ssh:ssh 127.0.0.1",
                "event:send a",
                "SCOPE=shell:*; cat etc/users.properties"
            })
    void aViewerIsRefused(String line) throws Exception {
        try (SshUser vera = ssh("vera", PASSWORD)) {
            Instance.Result result = vera.run(line);

            // Of a pipe the shell says nothing but what its first command printed.
            assertThat(line.contains("|") || result.status() != 0).as(result.out()).isTrue();
            assertThat(result.out()).doesNotContain("CRYPT", "hidden-one");
            assertThat(instance.data().resolve("written")).doesNotExist();
        }
    }

    @Test
    void eachRoleMayWhatIsWrittenInSecurity() throws Exception {
        try (SshUser vera = ssh("vera", PASSWORD);
                SshUser olga = ssh("olga", PASSWORD);
                SshUser adam = ssh("adam", PASSWORD)) {
            vera.run("camera-list").expect(0);
            assertThat(vera.run("help").expect(0).out()).contains("camera-list");
            olga.run("visionops:camera-level gate full").expect(0);
            assertThat(olga.run("camera-test file:/etc/passwd").status()).isNotZero();
            assertThat(olga.run("camera-remove gate").status()).isNotZero();
            assertThat(olga.run("cat etc/users.properties").status()).isNotZero();
            adam.run("bundle:list").expect(0);
            adam.run("camera-list | grep gate").expect(0);
        }
    }

    private static SshUser ssh(String name, String password) throws IOException {
        return new SshUser(instance, name, password);
    }

    private static int console(String name, String password) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        request("/system/console/bundles")
                                .header("Authorization", basic(name, password))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest.Builder request(String page) throws IOException {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + instance.port("http") + page));
    }

    private static String basic(String name, String password) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** By hand: no client sets these headers as a foreign page makes a browser do. */
    private static int post(String page, String... headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", instance.port("http"))) {
            socket.setSoTimeout(20_000);
            String request =
                    "POST %s HTTP/1.1\r\nAuthorization: %s\r\n%s\r\nContent-Length: 0\r\n\r\n"
                            .formatted(
                                    page, basic("walter", PASSWORD), String.join("\r\n", headers));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status =
                    new BufferedReader(
                                    new InputStreamReader(
                                            socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine();
            return Integer.parseInt(status.split(" ")[1]);
        }
    }

    private static Path users() {
        return instance.etc().resolve("users.properties");
    }

    private static String line(String user) throws IOException {
        List<String> lines = Files.readAllLines(users());
        return lines.stream().filter(line -> line.startsWith(user + " ")).findFirst().orElseThrow();
    }
}
