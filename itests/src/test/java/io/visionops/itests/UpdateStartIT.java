package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which release is started after a crash, and when one takes a start. */
class UpdateStartIT {

    @Test
    void whatWasInstalledRunsAfterACrashAndWhatWasNotConfirmedDoesNot() throws Exception {
        NextRelease.Maker maker = NextRelease.Maker.fresh("kept-maker");
        maker.sign(NextRelease.of("kept-2", "1.0.1").with("console", "1.0.1"), 2);
        try (Instance instance = Instance.fresh("update-kept")) {
            maker.trustedBy(instance, UpdateIT.GATE);
            instance.start().expect(0);

            instance.shell("update-install").expect(0);
            Await.until(60, () -> UpdateCommands.stage(instance).equals("gate"));
            killed(instance);
            Await.until(60, () -> UpdateCommands.outcome(instance).equals("rolled-back"));
            assertThat(UpdateCommands.version(instance, "console")).isEqualTo("1.0.0");
            assertThat(instance.shell("update-install").status()).isEqualTo(1);

            instance.shell("update-install", "--again").expect(0);
            UpdateCommands.awaitStage(instance, "installed");
            killed(instance);
            assertThat(UpdateCommands.version(instance, "console")).isEqualTo("1.0.1");
            assertThat(instance.json("update-status").get("release").asLong()).isEqualTo(2);
            assertThat(Instance.commandLine(instance.jvm())).contains("releases/000002");
        }
    }

    @Test
    void aReleaseOfWhatIsNotSwappedIsStartedAndGoneBackFromWhenItDoesNotStart() throws Exception {
        NextRelease.Maker maker = NextRelease.Maker.fresh("started-maker");
        maker.sign(NextRelease.of("started-2", "1.0.1").with("processes", "1.0.1"), 2);
        try (Instance instance = Instance.fresh("update-started")) {
            maker.trustedBy(instance, UpdateIT.GATE);
            instance.start().expect(0);

            assertThat(instance.json("update-install").get("level").asInt()).isEqualTo(2);
            Await.until(120, () -> UpdateCommands.stage(instance).equals("installed"));
            assertThat(UpdateCommands.version(instance, "processes")).isEqualTo("1.0.1");

            maker.sign(
                    NextRelease.of("started-3", "1.0.2")
                            .with(
                                    "processes",
                                    "1.0.2",
                                    Map.of(
                                            "META-INF/MANIFEST.MF",
                                            "Import-Package: io.visionops.absent"
                                                    .getBytes(StandardCharsets.UTF_8))),
                    3);
            instance.shell("update-install").expect(0);
            Await.until(240, () -> UpdateCommands.outcome(instance).equals("rolled-back"));
            assertThat(UpdateCommands.version(instance, "processes")).isEqualTo("1.0.1");
            assertThat(instance.shell("restart-status").expect(0).out()).contains("release 3");
        }
    }

    private static void killed(Instance instance) throws Exception {
        ProcessHandle jvm = instance.jvm();
        jvm.destroyForcibly();
        jvm.onExit().join();
        Path served = instance.data().resolve("run/served");
        Await.until(
                60,
                () ->
                        Files.exists(served)
                                && instance.shell("update-status", "--json").status() == 0);
    }
}
