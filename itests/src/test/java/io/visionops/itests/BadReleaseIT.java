package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Releases that were signed and are bad are gone back from without a person: a few kinds of those
 * that {@link UpdateBench} tries.
 */
@Isolated
class BadReleaseIT {

    @Test
    void badReleasesAreGoneBackFromByThemselves() throws Exception {
        try (UpdateTrial trial = new UpdateTrial("bad-releases")) {
            for (BadRelease kind : List.of(BadRelease.ACTIVATOR_THROWS, BadRelease.EXIT)) {
                assertThat(trial.run(kind).outcome()).as(kind.words()).isEqualTo("rolled-back");
            }
            assertThat(trial.run(BadRelease.FILE_DAMAGED).outcome()).isEqualTo("failed");
            assertThat(trial.instance().shell("status").out()).doesNotContain("safe mode");
        }
    }
}
