package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An earlier program, unpacked in the folder {@code visionops.previous}, is upgraded to this one by
 * a signed release while cameras stream, and gone back to: what is changed can be rolled out, and
 * undone. The gate takes that of the commit before.
 */
class UpgradeIT {

    private static final String PREVIOUS = System.getProperty("visionops.previous", "");
    private static final List<String> CAMERAS = List.of("left", "right");
    private static final Duration CLIP = Duration.ofMinutes(10);

    /** Their contents hardly ever change, and the last is of 130 MB. */
    private static final List<String> AS_THEY_ARE =
            List.of("features", "logging", "micrometer", "noscp", "natives");

    @Test
    void theProgramBeforeIsUpgradedToThisOneAndBack() throws Exception {
        assumeTrue(!PREVIOUS.isEmpty(), "-Dvisionops.previous=FOLDER names an unpacked program");
        NextRelease.Maker maker = NextRelease.Maker.fresh("upgrade-maker");
        maker.sign(present(), 2);
        try (RtspServer server = RtspServer.serving(Clips.of(Scenes.procession(), CLIP));
                Instance instance = Instance.fresh(Path.of(PREVIOUS), "upgrade")) {
            maker.trustedBy(instance, UpdateIT.GATE);
            instance.start().expect(0);
            for (String camera : CAMERAS) {
                Cameras.addProcession(instance, camera, server.url());
            }
            Cameras.awaitCrossings(instance, CAMERAS);
            Map<String, String> before = UpdateCommands.versions(instance);
            long counted = Cameras.counted(instance, CAMERAS);

            instance.shell("update-install").expect(0);
            Await.until(300, () -> UpdateCommands.outcome(instance).equals("installed"));
            assertThat(UpdateCommands.version(instance, "inference")).isEqualTo("1.0.1");
            counted = assertThatCountingGoesOn(instance, counted);

            instance.shell("update-rollback").expect(0);
            Await.until(300, () -> UpdateCommands.versions(instance).equals(before));
            assertThatCountingGoesOn(instance, counted);
        }
    }

    private static long assertThatCountingGoesOn(Instance instance, long counted) throws Exception {
        Map<String, Long> from = Cameras.analysed(instance);
        Await.until(90, () -> Cameras.areAnalysedSince(from, instance, CAMERAS));
        Await.until(60, () -> Cameras.counted(instance, CAMERAS) > counted);
        CrashCampaignBench.assertThatCountsAreThoseOfEvents(instance);
        return Cameras.counted(instance, CAMERAS);
    }

    /** The program under test, in versions that are higher than those before. */
    private static NextRelease present() throws IOException {
        NextRelease release = NextRelease.of("upgrade-2", "1.0.1");
        try (Stream<Path> parts = Files.list(Instance.HOME.resolve("system/io/visionops"))) {
            for (Path part : parts.toList()) {
                String name = part.getFileName().toString();
                if (!AS_THEY_ARE.contains(name)) {
                    release.with(name, "1.0.1");
                }
            }
        }
        return release;
    }
}
