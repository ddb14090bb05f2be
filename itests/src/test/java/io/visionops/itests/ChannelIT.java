package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.testkit.scene.Scenes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command channel as users and scripts use it. The data folder has a name that is too long for
 * a socket, with blanks and umlauts, and is reached by a symbolic link.
 */
class ChannelIT {

    private static final String NAME =
            "Kanal für lange Namen/" + "tief ".repeat(40).strip() + "/Daten";

    @TempDir static Path scratch;

    private static Instance instance;

    @BeforeAll
    static void start() throws Exception {
        Path clip = Clips.of(Scenes.demo());
        Instance.deleteTree(Instance.TARGET.resolve("instances").resolve("channel"));
        Path real = Instance.TARGET.resolve("instances/channel").resolve(NAME);
        Files.createDirectories(real);
        assertThat(real.toString()).hasSizeGreaterThan(200);
        Path link = scratch.resolve("link");
        Files.createSymbolicLink(link, real);
        assertThat(
                        Instance.run(
                                        90,
                                        List.of(
                                                Instance.HOME.resolve("bin/visionops").toString(),
                                                "start",
                                                "--data",
                                                link.toString(),
                                                "--http-port",
                                                "0",
                                                "--ssh-port",
                                                "0"))
                                .expect(0)
                                .out())
                .contains("0 configured");
        instance = new Instance("channel/" + NAME);
        instance.shell("camera-add", "eins", "file:" + clip, "--set", "loop=true").expect(0);
    }

    @AfterAll
    static void stop() throws Exception {
        instance.close();
    }

    @Test
    void everyCallOfManyIsAnsweredWhole() throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<CompletableFuture<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            callers.add(
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    int whole = 0;
                                    for (int i = 0; i < 25; i++) {
                                        String out =
                                                instance.shellByProgram("camera-list", "--json")
                                                        .expect(0)
                                                        .out();
                                        whole +=
                                                json.readTree(out)
                                                                .get(0)
                                                                .get("camera")
                                                                .asText()
                                                                .equals("eins")
                                                        ? 1
                                                        : 0;
                                    }
                                    return whole;
                                } catch (Exception e) {
                                    throw new AssertionError(e);
                                }
                            }));
        }

        for (CompletableFuture<Integer> caller : callers) {
            assertThat(caller.get(120, TimeUnit.SECONDS)).isEqualTo(25);
        }
    }

    @Test
    void callsGoOnWhileTheShellIsReplaced() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> caller =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                int calls = 0;
                                while (!done.get()) {
                                    instance.shellByProgram("camera-list", "--json").expect(0);
                                    calls++;
                                }
                                return calls;
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        });

        for (int i = 0; i < 3; i++) {
            Swap.of(instance, "shell", Swap.Way.RESTART, 1);
        }
        done.set(true);

        assertThat(caller.get(60, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    void whateverTheLocaleIsCommandsAreUnderstoodAndAnswered() throws Exception {
        for (String locale : List.of("tr-TR", "de-DE", "ar-EG")) {
            Instance.Result result =
                    with(
                            "JAVA_TOOL_OPTIONS",
                            "-Duser.language="
                                    + locale.substring(0, 2)
                                    + " -Duser.country="
                                    + locale.substring(3),
                            "camera-list",
                            "--json");

            assertThat(result.expect(0).out()).as(locale).contains("\"camera\":\"eins\"");
        }
        for (String locale : List.of("C", "tr_TR", "tr_TR.UTF-8", "ar_EG", "nonsense")) {
            Instance.Result result = with("LC_ALL", locale, "shell:echo", "Käse İI ıi €");

            assertThat(result.expect(0).out().strip()).as(locale).isEqualTo("Käse İI ıi €");
        }
    }

    @Test
    void aLineThatIsNoCommandFailsInOneLine() throws Exception {
        for (String line : List.of("'camera-list'", "\"camera-list\"", "camera-lits", "42")) {
            Instance.Result result = instance.shellByProgram(line);

            assertThat(result.status()).as(line).isEqualTo(1);
            assertThat((result.out() + result.err()).strip().lines()).as(line).hasSize(1);
        }
    }

    @Test
    void aPipeFiltersWhatACommandPrints() throws Exception {
        assertThat(
                        instance.shellByProgram("camera-list | grep eins")
                                .expect(0)
                                .out()
                                .strip()
                                .lines())
                .hasSize(1);
    }

    @Test
    void ctrlCEndsACommandAndItsClient() throws Exception {
        // Who started the tests may have had Ctrl-C ignored, which is inherited.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(instance.command(List.of("shell", "shell:sleep", "60000")));
        Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
        Await.until(20, () -> Instance.commandLine(client.toHandle()).contains("Main"));
        TimeUnit.SECONDS.sleep(1);

        Instance.run(10, List.of("kill", "-INT", String.valueOf(client.pid()))).expect(0);

        assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(client.exitValue()).isNotZero();
    }

    @Test
    void camerasAndOptionsAreCompleted() throws Exception {
        assertThat(complete("shell", "camera-remo")).containsExactly("camera-remove");
        assertThat(complete("shell", "camera-remove", "")).contains("eins");
        assertThat(complete("shell", "counts", "--c")).contains("--camera");
        assertThat(complete("sta")).containsExactly("start", "status");
    }

    @Test
    void anAddressWithAPasswordIsInNoProcessList() throws Exception {
        // A camera that takes the connection and says nothing, so that the client is there to look
        // at.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "rtsp://user:hunter2@127.0.0.1:" + silent.getLocalPort() + "/x";
            Process client =
                    new ProcessBuilder(instance.command(List.of("shell", "camera-test", url)))
                            .redirectErrorStream(true)
                            .start();
            Await.until(20, () -> Instance.commandLine(client.toHandle()).contains("Main"));

            assertThat(Instance.commandLine(client.toHandle())).doesNotContain("hunter2");

            assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void theSocketIsItsOwnersAlone() throws Exception {
        Path socket = instance.data().resolve("run/shell.socket");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    @Test
    void anotherUserIsRefusedInOneLine() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        // Not a folder that the other user could not even come near.
        Path data = Files.createTempDirectory(Path.of("/tmp"), "visionops-other");
        try {
            for (String command : List.of("status", "stop", "shell")) {
                Instance.Result result =
                        Instance.run(
                                20,
                                List.of(
                                        "setpriv",
                                        "--reuid=65534",
                                        "--regid=65534",
                                        "--clear-groups",
                                        "java",
                                        "-Dvisionops.program=" + Instance.HOME,
                                        "-cp",
                                        launcherCopy().toString(),
                                        "io.visionops.launcher.Main",
                                        command,
                                        "--data",
                                        data.toString()));

                assertThat(result.status()).as(command + result).isEqualTo(1);
                assertThat(result.err().strip().lines()).hasSize(1);
                assertThat(result.err()).contains("belongs to root");
            }
        } finally {
            Instance.deleteTree(data);
        }
    }

    /** Where everybody may read it. */
    private static Path launcherCopy() throws Exception {
        Path copy = Path.of("/tmp/visionops-launcher-" + ProcessHandle.current().pid() + ".jar");
        if (Files.notExists(copy)) {
            Files.copy(Instance.HOME.resolve("lib/visionops-launcher.jar"), copy);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            copy.toFile().deleteOnExit();
        }
        return copy;
    }

    private static Instance.Result with(String variable, String value, String... words)
            throws Exception {
        List<String> call = new ArrayList<>(List.of("env", variable + "=" + value));
        List<String> shell = new ArrayList<>(List.of("shell"));
        shell.addAll(List.of(words));
        call.addAll(instance.command(shell));
        return Instance.run(60, call);
    }

    private static List<String> complete(String... words) throws Exception {
        List<String> call = new ArrayList<>();
        call.add(Instance.HOME.resolve("bin/visionops").toString());
        call.add("complete");
        call.addAll(List.of("--data", instance.data().toString()));
        call.addAll(List.of(words));
        return Instance.run(30, call).expect(0).out().lines().toList();
    }
}
