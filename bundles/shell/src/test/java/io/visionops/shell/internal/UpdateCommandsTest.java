package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.subject.Actor;
import io.visionops.api.update.AvailableRelease;
import io.visionops.api.update.InstallRequest;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdatePlan;
import io.visionops.api.update.UpdatePlan.BundleChange;
import io.visionops.api.update.UpdateResult;
import io.visionops.api.update.UpdateStatus;
import io.visionops.api.update.UpdateStatus.Stage;
import io.visionops.api.update.Updates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdateCommandsTest extends ShellTest {

    private static final UpdatePlan PLAN =
            new UpdatePlan(
                    2,
                    3,
                    "1.0.3",
                    1,
                    "only bundles that are swapped change",
                    List.of(new BundleChange("io.visionops.console", "1.0.2", "1.0.3")),
                    4,
                    3_000_000,
                    5_000_000,
                    "under a second",
                    "the database");

    private final FakeUpdates updates = new FakeUpdates();

    @BeforeEach
    void offer() {
        console.offer(Updates.class, updates);
    }

    @Test
    void howFarAnUpdateIsIsToldInStagesAndBytes() {
        updates.stage = Stage.DOWNLOADING;
        updates.detail = "from the second address";

        assertThat(console.run("update-status"))
                .contains("installed  release 2 (1.0.2)")
                .containsPattern("update     to release 3: downloading, .*1.0 MB of 3.0 MB")
                .contains("from the second address")
                .contains("kept       [1, 0]");
    }

    @Test
    void whereNothingGoesOnNothingIsToldOfAnUpdate() {
        assertThat(console.run("update-status"))
                .doesNotContain("update ")
                .contains("repository not read since the start");
    }

    @Test
    void whatBecameOfUpdatesIsListedWithHowLongAPartWasAway() {
        assertThat(console.run("update-history"))
                .containsPattern(
                        "2 [| ]+3 [| ]+1\\.0\\.3 [| ]+1 [| ]+rolled-back [| ]+21s [| ]+87 ms [| ]+user/anna")
                .contains("camera yard does not stream");
    }

    @Test
    void aReleaseThatWasGoneBackFromIsToldWithItsReason() {
        updates.available =
                Optional.of(
                        new AvailableRelease(
                                3, "1.0.3", NOW.plusSeconds(3600), Optional.of("it crashes")));

        assertThat(console.run("update-check"))
                .contains("release 3 (1.0.3) is there", "it was gone back from: it crashes");
        assertThat(console.fail("update-install"))
                .contains("release 3 was gone back from: it crashes");
        assertThat(console.run("update-install --again")).contains("begun: update-status");
    }

    @Test
    void aTrialShowsThePlanAndBeginsNothing() {
        assertThat(console.run("update-install --dry-run"))
                .contains("from release 2 to 3 (1.0.3), level 1: only bundles")
                .containsPattern("io.visionops.console [| ]+1\\.0\\.2 [| ]+1\\.0\\.3")
                .contains("4 files change, 3.0 MB are fetched, 5.0 MB are needed on the disk")
                .contains("not watched: under a second", "saved first: the database")
                .contains("nothing was changed");
        assertThat(updates.calls).containsExactly("plan");
    }

    @Test
    void aCameraMayTryItFirst() {
        assertThat(console.run("update-install --canary yard --for 5m")).contains("begun");
        assertThat(updates.calls).containsExactly("install on yard for PT5M");
        assertThat(console.fail("update-install --for 5m")).contains("how long --canary takes");
        assertThat(console.fail("update-install --canary yard --for 5s"))
                .contains("must be 10s..1d");
    }

    @Test
    void whatIsGoneBackToIsTheOneBeforeUnlessItIsNamed() {
        assertThat(console.run("update-rollback")).contains("begun");
        assertThat(console.run("update-rollback 0")).contains("begun");
        assertThat(updates.calls).containsExactly("rollback", "rollback 0");
        assertThat(console.fail("update-rollback old")).contains("must be a number");
    }

    @Test
    void aTrialOnOneCameraIsEndedByAWord() {
        assertThat(console.fail("update-canary promote")).contains("no release was compared");
        assertThat(console.fail("update-canary drop")).contains("no release was compared");
        assertThat(updates.calls).containsExactly("promote", "drop");
        assertThat(console.fail("update-canary perhaps")).contains("must be promote or drop");
    }

    /** Release 2 runs, 3 is there. */
    private final class FakeUpdates implements Updates {

        private final List<String> calls = new ArrayList<>();
        private Stage stage = Stage.IDLE;
        private String detail = "";
        private Optional<AvailableRelease> available = Optional.empty();

        @Override
        public UpdateStatus status() {
            return new UpdateStatus(
                    2,
                    "1.0.2",
                    stage,
                    3,
                    detail,
                    1_000_000,
                    3_000_000,
                    NOW.minusSeconds(20),
                    List.of(1L, 0L),
                    Optional.empty(),
                    available,
                    Optional.empty());
        }

        @Override
        public Optional<AvailableRelease> check(Actor by) {
            return available;
        }

        @Override
        public UpdatePlan plan(Actor by) {
            calls.add("plan");
            return PLAN;
        }

        @Override
        public UpdatePlan install(InstallRequest request, Actor by) throws UpdateException {
            Optional<String> refused = available.flatMap(AvailableRelease::refused);
            if (refused.isPresent() && !request.again()) {
                throw new UpdateException("release 3 was gone back from: " + refused.get());
            }
            calls.add("install on " + request.canary().orElse("all") + " for " + request.length());
            return PLAN;
        }

        @Override
        public void decide(boolean promote, Actor by) {
            calls.add(promote ? "promote" : "drop");
        }

        @Override
        public UpdatePlan rollback(OptionalLong release, Actor by) {
            calls.add("rollback" + (release.isPresent() ? " " + release.getAsLong() : ""));
            return PLAN;
        }

        @Override
        public List<UpdateResult> history() {
            return List.of(
                    new UpdateResult(
                            NOW,
                            2,
                            3,
                            "1.0.3",
                            1,
                            "rolled-back",
                            "camera yard does not stream",
                            Duration.ofSeconds(21),
                            Optional.of(Duration.ofMillis(87)),
                            Actor.user("anna")));
        }
    }
}
