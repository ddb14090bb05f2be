package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process that starts everything again, and who starts that process again. */
class WatchdogIT {

    /** The bars are 15 s and 30 s on a machine that does nothing else; here others build beside. */
    private static final Duration SERVING = Duration.ofSeconds(45);

    @Test
    void whatIsKilledOrHangsIsServedAgainAndSaysWhy() throws Exception {
        try (Instance instance = withCamera("watchdog")) {
            ProcessHandle killed = instance.jvm();
            long[] before = counted(instance);

            killed.destroyForcibly();
            killed.onExit().join();
            awaitServing(instance, killed);

            // Until its first heartbeat a start has two minutes.
            Path served = instance.data().resolve("run/served");
            Await.until(30, () -> Files.exists(served));
            ProcessHandle stopped = instance.jvm();
            Instance.signal("STOP", stopped);
            stopped.onExit().join();
            awaitServing(instance, stopped);

            List<String> expected = List.of("started", "crashed", "started", "hung", "started");
            Await.until(30, () -> restarts(instance).equals(expected));
            assertThat(instance.json("records", "--kind", "restart").toString())
                    .contains("was killed")
                    .contains("no heartbeat for 15 s");
            long[] after = counted(instance);
            assertThat(after[0]).isGreaterThanOrEqualTo(before[0]);
            assertThat(instance.shell("restart-status").expect(0).out())
                    .contains("2 crashes")
                    .contains("no heartbeat for 15 s");
        }
    }

    @Test
    void aWatchdogThatIsKilledOrHangsIsBackWithoutARestartOfWhatItWatches() throws Exception {
        try (Instance instance = withCamera("watchdog-killed")) {
            ProcessHandle jvm = instance.jvm();
            ProcessHandle first = instance.watchdog();

            first.destroyForcibly();
            first.onExit().join();
            Await.until(40, () -> adoptions(instance) == 1);

            ProcessHandle second = instance.watchdog();
            Instance.signal("STOP", second);
            Await.until(60, () -> adoptions(instance) == 2);
            assertThat(jvm.isAlive()).isTrue();

            jvm.destroyForcibly();
            jvm.onExit().join();
            awaitServing(instance, jvm);

            instance.stop().expect(0);
            // A process that was just killed is there until the kernel has taken it down.
            Await.until(5, () -> instance.processes().isEmpty());
        }
    }

    @Test
    void whatCrashesAgainAndAgainIsLeftWithoutCamerasAndSaysWhy() throws Exception {
        try (Instance instance = withCamera("crash-loop")) {
            for (int i = 0; i < 4; i++) {
                ProcessHandle jvm = instance.jvm();
                jvm.destroyForcibly();
                jvm.onExit().join();
                Await.until(60, () -> isAnother(instance, jvm) && answers(instance));
            }

            Await.until(20, () -> instance.call("status").out().contains("safe mode"));
            Instance.Result status = instance.call("status");
            assertThat(status.status()).isEqualTo(2);
            assertThat(status.out()).contains("4 crashes within an hour, the last: was killed");
            assertThat(instance.decoders()).isEmpty();
            assertThat(instance.shell("db-stats").status()).isZero();
            assertThat(WebPages.of(instance).asAdmin("/system/console/bundles"))
                    .contains("io.visionops.store");

            assertThat(instance.call("restart").expect(0).out())
                    .contains("1 configured, 1 streaming");
            assertThat(instance.call("status").out()).doesNotContain("safe mode");
        }
    }

    private static Instance withCamera(String name) throws Exception {
        Path clip = Clips.of(Scenes.demo());
        Instance instance = Instance.fresh(name);
        try {
            instance.start().expect(0);
            instance.shell(
                            "camera-add",
                            "door",
                            "file:" + clip,
                            "--set",
                            "loop=true",
                            "--set",
                            "line.door=0.5,1 0.5,0.2")
                    .expect(0);
            Await.until(30, () -> instance.stateOf("door").equals("STREAMING"));
            return instance;
        } catch (Exception | AssertionError e) {
            instance.close();
            throw e;
        }
    }

    private static long[] counted(Instance instance) throws Exception {
        return instance.counts("door", "door");
    }

    private static void awaitServing(Instance instance, ProcessHandle before) {
        Await.until(
                (int) SERVING.toSeconds(),
                () ->
                        isAnother(instance, before)
                                && answers(instance)
                                && instance.stateOf("door").equals("STREAMING"));
    }

    private static boolean isAnother(Instance instance, ProcessHandle before) {
        return instance.processes().stream()
                .anyMatch(
                        one ->
                                one.pid() != before.pid()
                                        && Instance.commandLine(one)
                                                .contains("org.apache.karaf.main.Main"));
    }

    private static boolean answers(Instance instance) throws Exception {
        return instance.shell("camera-list", "--json").status() == 0
                || instance.shell("db-stats").status() == 0;
    }

    /** How often a watchdog has taken over what ran. */
    private static long adoptions(Instance instance) throws IOException {
        return Files.readAllLines(instance.data().resolve("watchdog/restarts.jsonl")).stream()
                .filter(line -> line.contains("\"what\":\"adopted\""))
                .count();
    }

    /** What happened, oldest first. */
    private static List<String> restarts(Instance instance) throws Exception {
        List<String> words = new ArrayList<>();
        for (JsonNode record :
                instance.json("records", "--kind", "restart", "--limit", "100").get("records")) {
            words.add(0, record.at("/body/what").asText());
        }
        return words;
    }
}
