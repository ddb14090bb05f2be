package io.visionops.updater.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.update.UpdatePlan;
import io.visionops.api.update.UpdatePlan.BundleChange;
import io.visionops.updater.internal.generation.Contents;
import io.visionops.updater.internal.plan.Planner.Numbered;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

    private static final String STORE = "system/io/visionops/store/1.0.0/store-1.0.0.jar";

    private static final Contents PRESENT =
            new Contents(
                    "1.0.0",
                    Map.of(STORE, "aa", "lib/version", "bb", "etc/config.properties", "cc"),
                    Map.of("io.visionops.store", "1.0.0"));

    private static UpdatePlan planWith(String path) {
        Map<String, String> sums = new HashMap<>(PRESENT.sums());
        sums.put(path, "changed");
        return Planner.plan(
                new Numbered(1, PRESENT),
                new Numbered(2, new Contents("1.0.1", sums, PRESENT.bundles())),
                10,
                20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system/io/visionops/store/1.0.1/store-1.0.1.jar",
                "system/io/visionops/ingest/1.0.1/ingest-1.0.1.jar",
                "system/io/visionops/discovery/1.0.1/discovery-1.0.1.jar",
                "system/io/visionops/inference/1.0.1/inference-1.0.1.jar",
                "system/io/visionops/shell/1.0.1/shell-1.0.1.jar",
                "system/io/visionops/console/1.0.1/console-1.0.1.jar",
                "system/io/visionops/health/1.0.1/health-1.0.1.jar",
                "system/io/visionops/backup/1.0.1/backup-1.0.1.jar",
                "system/io/visionops/security/1.0.1/security-1.0.1.jar",
                "system/io/visionops/features/1.0.1/features-1.0.1-features.xml",
                "etc/org.apache.karaf.features.cfg",
                "etc/org.apache.karaf.command.acl.visionops.cfg",
                "lib/version",
                "bin/visionops",
                "demo/scene.mp4"
            })
    void partsThatNobodyIsWiredToAreSwappedWhileTheProgramRuns(String path) {
        assertThat(planWith(path).level()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system/io/visionops/api/1.0.1/api-1.0.1.jar",
                "system/io/visionops/updater/1.0.1/updater-1.0.1.jar",
                "system/io/visionops/natives/1.0.1/natives-1.0.1.jar",
                "system/io/visionops/login/1.0.1/login-1.0.1.jar",
                "system/io/visionops/processes/1.0.1/processes-1.0.1.jar",
                "system/org/xerial/sqlite-jdbc/3.55/sqlite-jdbc-3.55.jar",
                "lib/boot/org.apache.karaf.main-4.4.11.jar",
                "etc/config.properties",
                "etc/startup.properties",
                "something/new"
            })
    void everythingElseTakesAStart(String path) {
        UpdatePlan plan = planWith(path);

        assertThat(plan.level()).isEqualTo(2);
        assertThat(plan.reason()).contains(path.substring(path.lastIndexOf('/') + 1));
    }

    @Test
    void namesBundlesThatComeGoAndChange() {
        Contents next =
                new Contents(
                        "1.1.0",
                        PRESENT.sums(),
                        Map.of("io.visionops.store", "1.1.0", "io.visionops.new", "1.0.0"));

        UpdatePlan plan = Planner.plan(new Numbered(0, PRESENT), new Numbered(3, next), 0, 0);

        assertThat(plan.bundles())
                .containsExactly(
                        new BundleChange("io.visionops.new", "", "1.0.0"),
                        new BundleChange("io.visionops.store", "1.0.0", "1.1.0"));
        assertThat(plan.files()).isZero();
    }
}
